// Rests on: the platform's references of VideoContext, LivePlayerContext, LivePusherContext, CameraContext and MapContext.

// A call with callbacks, as a promise.
const call = (object, method, options) => new Promise((success, fail) => expect(object[method]({ ...options, success, fail })).toBeUndefined())
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

test('VideoContext takes its orders', () => {
  const video = wx.createVideoContext('v')
  for (const name of ['play', 'pause', 'stop', 'exitFullScreen', 'showStatusBar', 'hideStatusBar']) expect(video[name]()).toBeUndefined()
  video.seek(3)
  video.playbackRate(1.5)
  video.sendDanmu({ text: 'a', color: '#fff' })
  video.requestFullScreen({ direction: 90 })
  expect(wx.canIUse('VideoContext.play')).toBe(true)
  expect(wx.canIUse('VideoContext.startCasting')).toBe(false)
})

describe('LivePlayerContext', () => {
  const player = wx.createLivePlayerContext('p')

  test('a stream that is not there cannot be paused', async () => {
    await expect(call(player, 'pause')).rejects.toEqual({ errMsg: 'pause:fail the stream is not started' })
    for (const method of ['play', 'pause', 'resume', 'mute', 'requestFullScreen', 'exitFullScreen', 'stop']) {
      await expect(call(player, method)).resolves.toEqual({ errMsg: `${method}:ok` })
    }
    await expect(call(player, 'resume')).rejects.toMatchObject({ errMsg: 'resume:fail the stream is not started' })
    await expect(call(player, 'requestFullScreen', { direction: '90' })).rejects.toMatchObject({ errno: 1001 })
    device.answer('LivePlayerContext.play', 'fail: no such stream')
    await expect(call(player, 'play')).rejects.toEqual({ errMsg: 'play:fail no such stream' })
  })

  test('snapshot is a picture', async () => {
    await expect(call(player, 'snapshot')).resolves.toEqual({ errMsg: 'snapshot:ok', tempImagePath: expect.stringMatching(/\.png$/), width: 8, height: 6 })
  })
})

describe('LivePusherContext', () => {
  const pusher = wx.createLivePusherContext()

  test('starts, pauses and stops', async () => {
    await expect(call(pusher, 'resume')).rejects.toMatchObject({ errMsg: 'resume:fail the stream is not started' })
    for (const method of ['startPreview', 'start', 'pause', 'resume', 'switchCamera', 'toggleTorch', 'pauseBGM', 'resumeBGM', 'stopBGM', 'stopPreview', 'stop', 'snapshot']) {
      await expect(call(pusher, method)).resolves.toMatchObject({ errMsg: `${method}:ok` })
    }
    for (const [method, options] of [['playBGM', { url: 'https://example.com/a.mp3' }], ['setBGMVolume', { volume: 1 }], ['setMICVolume', { volume: 1 }], ['sendMessage', { msg: 'a' }]]) {
      await expect(call(pusher, method, options)).resolves.toEqual({ errMsg: `${method}:ok` })
      await expect(call(pusher, method)).rejects.toMatchObject({ errno: 1001 })
    }
  })
})

describe('CameraContext', () => {
  const camera = wx.createCameraContext()

  test('takePhoto gives the newest picture', async () => {
    await expect(call(camera, 'takePhoto', { quality: 'high' })).resolves.toEqual({ errMsg: 'takePhoto:ok', tempImagePath: expect.stringMatching(/^wxfile/), width: 8, height: 6 })
    await expect(call(camera, 'takePhoto', { quality: 'best' })).rejects.toMatchObject({ errno: 1001 })
    await expect(call(camera, 'takePhoto', { quality: 1 })).rejects.toMatchObject({ errno: 1001 })
    device.answer('CameraContext.takePhoto', 'fail: the lens is dirty')
    await expect(call(camera, 'takePhoto')).rejects.toEqual({ errMsg: 'takePhoto:fail the lens is dirty' })
  })

  test('a video is begun before it is ended', async () => {
    await expect(call(camera, 'stopRecord')).rejects.toEqual({ errMsg: 'stopRecord:fail is not recording' })
    await expect(call(camera, 'startRecord')).resolves.toEqual({ errMsg: 'startRecord:ok' })
    await expect(call(camera, 'startRecord')).rejects.toEqual({ errMsg: 'startRecord:fail is recording' })
    device.set({ album: [{ name: 'a.mp4', base64: 'AAAA' }, { name: 'b.png', base64: 'AAAA' }] })
    await expect(call(camera, 'stopRecord')).resolves.toMatchObject({ tempVideoPath: expect.stringMatching(/\.mp4$/), tempThumbPath: expect.stringMatching(/\.png$/) })
  })

  test('setZoom tells the zoom that the lens can do', async () => {
    await expect(call(camera, 'setZoom', { zoom: 20 })).resolves.toEqual({ errMsg: 'setZoom:ok', zoom: 8 })
    await expect(call(camera, 'setZoom')).rejects.toMatchObject({ errno: 1001 })
  })
})

describe('MapContext', () => {
  const map = wx.createMapContext('m')
  const center = () => call(map, 'getCenterLocation')

  test('looks where it is told, at first where the phone is', async () => {
    await expect(center()).resolves.toEqual({ errMsg: 'getCenterLocation:ok', latitude: 23.10229, longitude: 113.3245211 })
    await expect(call(map, 'moveToLocation', { latitude: 10, longitude: 20 })).resolves.toEqual({ errMsg: 'moveToLocation:ok' })
    await expect(center()).resolves.toMatchObject({ latitude: 10, longitude: 20 })
    expect((await call(wx.createMapContext('other'), 'getCenterLocation')).latitude).toBe(23.10229)
    await call(map, 'moveToLocation')
    await expect(center()).resolves.toMatchObject({ latitude: 23.10229 })
    await expect(call(map, 'moveToLocation', { latitude: 100, longitude: 20 })).rejects.toMatchObject({ errno: 1001 })
    await expect(call(map, 'moveToLocation', { latitude: '1' })).rejects.toMatchObject({ errno: 1001 })
    await call(map, 'includePoints', { points: [{ latitude: 0, longitude: 0 }, { latitude: 4, longitude: 8 }] })
    await expect(center()).resolves.toMatchObject({ latitude: 2, longitude: 4 })
    await expect(call(map, 'includePoints', { points: [] })).rejects.toMatchObject({ errno: 1001 })
  })

  test('what it shows lies around its middle', async () => {
    const { southwest, northeast } = await call(map, 'getRegion')
    const { latitude, longitude } = await center()
    expect((southwest.latitude + northeast.latitude) / 2).toBeCloseTo(latitude, 6)
    expect((southwest.longitude + northeast.longitude) / 2).toBeCloseTo(longitude, 6)
    expect(northeast.latitude).toBeGreaterThan(southwest.latitude)
    await expect(call(map, 'getScale')).resolves.toMatchObject({ scale: 16 })
    await expect(call(map, 'getRotate')).resolves.toMatchObject({ rotate: 0 })
    await expect(call(map, 'getSkew')).resolves.toMatchObject({ skew: 0 })
  })

  test('only a marker that is there can be moved', async () => {
    const destination = { latitude: 1, longitude: 1 }, end = fn()
    await expect(call(map, 'translateMarker', { markerId: 1, destination })).rejects.toEqual({ errMsg: 'translateMarker:fail there is no such marker' })
    await expect(call(map, 'addMarkers', { markers: [{ id: 1 }] })).rejects.toMatchObject({ errno: 1001 })
    await call(map, 'addMarkers', { markers: [{ id: 1, latitude: 0, longitude: 0 }] })
    await call(map, 'translateMarker', { markerId: 1, destination, duration: 100, animationEnd: end })
    await wait(150)
    expect(end).toHaveBeenCalledTimes(1)
    await call(map, 'removeMarkers', { markerIds: [1] })
    await expect(call(map, 'translateMarker', { markerId: 1, destination })).rejects.toBeTruthy()
  })

  test('openMapApp', async () => {
    await expect(call(map, 'openMapApp', { latitude: 1, longitude: 1, destination: 'a' })).resolves.toEqual({ errMsg: 'openMapApp:ok' })
    device.answer('MapContext.openMapApp', 'cancel')
    await expect(call(map, 'openMapApp', { latitude: 1, longitude: 1, destination: 'a' })).rejects.toEqual({ errMsg: 'openMapApp:fail cancel' })
  })
})
