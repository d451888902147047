// Rests on: the platform's references of MediaContainer and MediaTrack.

const fs = wx.getFileSystemManager()
const asked = (object, method, options) => new Promise((success, fail) => object[method]({ ...options, success, fail }))
const film = async () => {
  device.set({ album: [{ name: 'a.mp4', base64: 'AAAA', duration: 3.5, width: 640, height: 480 }] })
  return (await wx.chooseVideo({})).tempFilePath
}

test('canIUse knows it', () => {
  expect([wx.canIUse('createMediaContainer'), wx.canIUse('MediaContainer.addTrack')]).toEqual([true, true])
})

test('a video is taken apart into its tracks, of which only the volume can be set', async () => {
  const source = await film()
  const { tracks, errMsg } = await asked(wx.createMediaContainer(), 'extractDataSource', { source })
  expect(errMsg).toMatch(/extractDataSource:ok$/)
  expect(tracks).toEqual([{ kind: 'video', duration: 3.5, volume: 1 }, { kind: 'audio', duration: 3.5, volume: 1 }])
  tracks[1].volume = 0.5
  expect(tracks[1].volume).toBe(0.5)
  expect(Object.getOwnPropertyDescriptor(tracks[1], 'duration').writable).toBe(false)
})

test('tracks of several sources are joined, and the exported file can be taken apart again', async () => {
  const container = wx.createMediaContainer(), source = await film()
  const { tracks: [video, audio] } = await asked(container, 'extractDataSource', { source })
  container.addTrack(video)
  container.addTrack(audio)
  container.removeTrack(audio)
  const { tempFilePath } = await asked(container, 'export')
  expect(tempFilePath).toMatch(/\.mp4$/)
  expect(tempFilePath).not.toBe(source)
  expect(fs.readFileSync(tempFilePath, 'base64')).toBe('AAAA')
  const again = await asked(container, 'extractDataSource', { source: tempFilePath })
  expect(again.tracks[0].duration).toBe(3.5)
})

test('sound alone is exported as silence of its length', async () => {
  const container = wx.createMediaContainer(), source = await film()
  const { tracks: [, audio] } = await asked(container, 'extractDataSource', { source })
  container.addTrack(audio)
  const { tempFilePath } = await asked(container, 'export')
  const { tracks } = await asked(container, 'extractDataSource', { source: tempFilePath })
  expect(tracks).toEqual([{ kind: 'audio', duration: 3.5, volume: 1 }])
})

test('what is not there, is no video, or has no tracks fails', async () => {
  const container = wx.createMediaContainer(), missing = `${wx.env.USER_DATA_PATH}/none.mp4`
  await expect(asked(container, 'extractDataSource', { source: missing })).rejects.toMatchObject({ errMsg: `extractDataSource:fail no such file or directory, open "${missing}"` })
  fs.writeFileSync(`${wx.env.USER_DATA_PATH}/text.mp4`, 'text', 'utf8')
  await expect(asked(container, 'extractDataSource', { source: `${wx.env.USER_DATA_PATH}/text.mp4` })).rejects.toMatchObject({ errMsg: 'extractDataSource:fail unsupported format' })
  await expect(asked(container, 'export')).rejects.toMatchObject({ errMsg: 'export:fail the container has no tracks' })
})

test('a destroyed container is empty and does nothing', async () => {
  const container = wx.createMediaContainer()
  container.destroy()
  await expect(asked(container, 'export')).rejects.toMatchObject({ errMsg: 'export:fail the container is destroyed' })
})
