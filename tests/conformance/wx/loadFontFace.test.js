// Rests on: the platform's reference of loadFontFace.

const load = (source, more) => wx.loadFontFace({ family: 'F', source, ...more })

test('a source is an address or the font itself', async () => {
  await expect(load('url("https://example.com/f.ttf")', { global: true })).resolves.toEqual({ errMsg: 'loadFontFace:ok', status: 'loaded' })
  await expect(load(`url('data:font/woff2;base64,${wx.arrayBufferToBase64(new Uint8Array([0x77, 0x4f, 0x46, 0x32]).buffer)}')`)).resolves.toMatchObject({ status: 'loaded' })
  await expect(load('url("data:font/ttf;base64,AAAA")')).rejects.toEqual({ errMsg: 'loadFontFace:fail A network error occurred.' })
  await expect(load('/f.ttf')).rejects.toMatchObject({ errno: 1001 })
  await expect(load('url("/f.ttf")')).rejects.toMatchObject({ errno: 1001 })
  await expect(wx.loadFontFace({ source: 'url("https://example.com/f.ttf")' })).rejects.toMatchObject({ errno: 1001 })
  await expect(load(5)).rejects.toMatchObject({ errno: 1001 })
})

test('without a network no address is reached', async () => {
  device.network.set('none')
  const fail = fn()
  await new Promise((complete) => wx.loadFontFace({ family: 'F', source: 'url(https://example.com/f.ttf)', fail, complete }))
  expect(fail).toHaveBeenCalledWith({ errMsg: 'loadFontFace:fail A network error occurred.' })
  device.network.set('wifi')
})
