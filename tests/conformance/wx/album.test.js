// Rests on: the platform's references of choosing, previewing and keeping pictures, videos and files.

const fs = wx.getFileSystemManager()
const size = (path) => fs.statSync(path).size

test('chooseImage gives the newest pictures as temporary files', async () => {
  const res = await wx.chooseImage({ count: 1 })
  expect(res).toEqual({
    errMsg: 'chooseImage:ok', tempFilePaths: [expect.stringMatching(/^wxfile:\/\/tmp_.*\.png$/)],
    tempFiles: [{ path: res.tempFilePaths[0], size: size(res.tempFilePaths[0]) }],
  })
  device.answer('chooseImage', 'cancel')
  await expect(wx.chooseImage()).rejects.toEqual({ errMsg: 'chooseImage:fail cancel' })
  await expect(wx.chooseImage({ count: '1' })).rejects.toMatchObject({ errno: 1001 })
  await expect(wx.chooseImage({ count: 0 })).rejects.toMatchObject({ errno: 1001 })
})

test('chooseVideo and chooseMedia take what is of their kind', async () => {
  await expect(wx.chooseVideo()).rejects.toEqual({ errMsg: 'chooseVideo:fail cancel' })
  const picture = fs.readFileSync((await wx.chooseImage()).tempFilePaths[0], 'base64')
  device.set({ album: [{ name: 'a.mp4', base64: 'AAAA', duration: 3.5, width: 64, height: 48 }, { name: 'b.png', base64: picture }] })
  await expect(wx.chooseVideo({})).resolves.toEqual({
    errMsg: 'chooseVideo:ok', tempFilePath: expect.stringMatching(/\.mp4$/), duration: 3.5, size: 3, width: 64, height: 48,
  })
  const mixed = await wx.chooseMedia({ count: 9 })
  expect([mixed.errMsg, mixed.type, mixed.tempFiles.map((f) => f.fileType)]).toEqual(['chooseMedia:ok', 'mix', ['video', 'image']])
  expect(mixed.tempFiles[1]).toMatchObject({ width: 8, height: 6, size: size(mixed.tempFiles[1].tempFilePath) })
  expect((await wx.chooseMedia({ mediaType: ['image'] })).type).toBe('image')
  await expect(wx.chooseMedia({ mediaType: 'image' })).rejects.toMatchObject({ errno: 1001 })
  device.answer('chooseMedia', 'fail: no camera')
  await expect(wx.chooseMedia()).rejects.toEqual({ errMsg: 'chooseMedia:fail no camera' })
})

test('chooseMessageFile gives files that others have sent', async () => {
  await expect(wx.chooseMessageFile({ count: 1 })).rejects.toEqual({ errMsg: 'chooseMessageFile:fail cancel' })
  device.set({ documents: [{ name: 'a.pdf', base64: 'AAAA' }, { name: 'b.doc', base64: 'AA==' }, { name: 'c.png', base64: 'AA==' }] })
  const { tempFiles } = await wx.chooseMessageFile({ count: 5, type: 'file', extension: ['.doc'] })
  expect(tempFiles).toEqual([{ name: 'b.doc', path: expect.any(String), size: 1, time: expect.any(Number), type: 'file' }])
  expect((await wx.chooseMessageFile({ count: 2 })).tempFiles.map((f) => f.name)).toEqual(['a.pdf', 'b.doc'])
  await expect(wx.chooseMessageFile({})).rejects.toMatchObject({ errno: 1001 })
  await expect(wx.chooseMessageFile({ count: 1, type: 'sound' })).rejects.toMatchObject({ errno: 1001 })
})

test('what is saved to the album can be chosen again', async () => {
  const { tempFilePaths } = await wx.chooseImage()
  const copy = wx.env.USER_DATA_PATH + '/copy.png'
  fs.copyFileSync(tempFilePaths[0], copy)
  await expect(wx.saveImageToPhotosAlbum({ filePath: copy })).resolves.toEqual({ errMsg: 'saveImageToPhotosAlbum:ok' })
  expect((await wx.chooseImage()).tempFilePaths.length).toBe(2)
  await expect(wx.saveImageToPhotosAlbum({ filePath: 'wxfile://usr/none.png' })).rejects.toMatchObject({
    errMsg: expect.stringMatching(/^saveImageToPhotosAlbum:fail no such file or directory/),
  })
  await expect(wx.saveImageToPhotosAlbum({})).rejects.toMatchObject({ errno: 1001 })
  await expect(wx.saveVideoToPhotosAlbum({ filePath: copy })).rejects.toEqual({ errMsg: 'saveVideoToPhotosAlbum:fail invalid file type' })
  const { tempFilePath } = await wx.chooseVideo()
  await expect(wx.saveVideoToPhotosAlbum({ filePath: tempFilePath })).resolves.toEqual({ errMsg: 'saveVideoToPhotosAlbum:ok' })
  device.set({ permissions: { writePhotosAlbum: 'denied' } })
  device.answer('openSetting', { writePhotosAlbum: false })
  await wx.openSetting()
  await expect(wx.saveImageToPhotosAlbum({ filePath: copy })).rejects.toEqual({ errMsg: 'saveImageToPhotosAlbum:fail auth deny', errno: 103 })
})

test.each([
  ['previewImage', { urls: ['a.png'] }, { urls: [] }, { urls: 'a.png' }],
  ['previewMedia', { sources: [{ url: 'a.png' }] }, { sources: [] }, {}],
])('%s shows a list', async (name, good, empty, bad) => {
  await expect(wx[name](good)).resolves.toEqual({ errMsg: name + ':ok' })
  await expect(wx[name](empty)).rejects.toMatchObject({ errMsg: expect.stringMatching(/should have at least 1 item;$/), errno: 1001 })
  await expect(wx[name](bad)).rejects.toMatchObject({ errno: 1001 })
})

test.each([
  ['shareFileMessage', 'filePath'],
  ['shareVideoMessage', 'videoPath'],
  ['showShareImageMenu', 'path'],
])('%s needs a file that is there', async (name, param) => {
  const file = wx.env.USER_DATA_PATH + '/file.pdf'
  fs.writeFileSync(file, 'x')
  await expect(wx[name]({ [param]: file })).resolves.toEqual({ errMsg: name + ':ok' })
  await expect(wx[name]({ [param]: 'wxfile://usr/none' })).rejects.toMatchObject({ errMsg: expect.stringMatching(/:fail no such file/) })
  await expect(wx[name]({})).rejects.toMatchObject({ errno: 1001 })
  device.answer(name, 'cancel')
  await expect(wx[name]({ [param]: file })).rejects.toEqual({ errMsg: name + ':fail cancel' })
})

describe('pictures', () => {
  // 24 by 16 pixels.
  const jpeg = [
    '/9j/4AAQSkZJRgABAgAAAQABAAD/wAARCAAQABgDACIAAREBAhEB/9sAQwANCQoLCggNCwoLDg4NDxMgFRMSEhMnHB4XIC4pMTAuKS0sMzpKPj',
    'M2RjcsLUBXQUZMTlJTUjI+WmFaUGBKUVJP/9sAQwEODg4TERMmFRUmTzUtNU9PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09P',
    'T09PT09PT09PT09P/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhBy',
    'JxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKT',
    'lJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAA',
    'AAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRom',
    'JygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExc',
    'bHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMAAAERAhEAPwBf+Ru/6c/sn/bTdu/LGNv60f8AI3f9Of2T/tpu3fljG39aP+Ru',
    '/wCnP7J/203bvyxjb+tH/I3f9Of2T/tpu3fljG39aAD/AJG7/pz+yf8AbTdu/LGNv60f8IZ/1EP/ACD/APZUf8jd/wBOf2T/ALabt35Yxt/Wj/',
    'hDP+oh/wCQf/sqAP/Z',
  ].join('')

  test('getImageInfo reads the file itself', async () => {
    const path = wx.env.USER_DATA_PATH + '/p.jpg'
    fs.writeFileSync(path, jpeg, 'base64')
    await expect(wx.getImageInfo({ src: path })).resolves.toEqual({
      errMsg: 'getImageInfo:ok', width: 24, height: 16, path, orientation: 'up', type: 'jpeg',
    })
    const { tempFilePaths } = await wx.chooseImage()
    await expect(wx.getImageInfo({ src: tempFilePaths[0] })).resolves.toMatchObject({ type: 'png', width: 8, height: 6 })
    fs.writeFileSync(wx.env.USER_DATA_PATH + '/t.png', 'text')
    await expect(wx.getImageInfo({ src: wx.env.USER_DATA_PATH + '/t.png' })).rejects.toEqual({ errMsg: 'getImageInfo:fail image decode failed' })
    await expect(wx.getImageInfo({ src: 'https://example.com/a.png' })).rejects.toEqual({ errMsg: 'getImageInfo:fail not supported', errno: 100 })
    await expect(wx.getImageInfo({})).rejects.toMatchObject({ errno: 1001 })
  })

  test('compressImage makes a smaller picture, in another size if asked', async () => {
    const src = wx.env.USER_DATA_PATH + '/p.jpg'
    const { tempFilePath } = await wx.compressImage({ src, compressedWidth: 12 })
    await expect(wx.getImageInfo({ src: tempFilePath })).resolves.toMatchObject({ type: 'jpeg', width: 12, height: 8 })
    const { tempFilePaths } = await wx.chooseImage()
    const same = await wx.compressImage({ src: tempFilePaths[0], quality: 10 })
    expect(size(same.tempFilePath)).toBe(size(tempFilePaths[0]))
    await expect(wx.compressImage({ src: tempFilePaths[0], compressedWidth: 4 })).rejects.toEqual({ errMsg: 'compressImage:fail not supported', errno: 100 })
    await expect(wx.compressImage({ src: wx.env.USER_DATA_PATH + '/t.png' })).rejects.toEqual({ errMsg: 'compressImage:fail image decode failed' })
    await expect(wx.compressImage({ src, quality: 'low' })).rejects.toMatchObject({ errno: 1001 })
  })
})
