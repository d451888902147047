// Rests on: the platform's references of RecorderManager, startRecord and stopRecord.

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const manager = wx.getRecorderManager()
const heard = []
for (const on of ['onStart', 'onPause', 'onResume', 'onStop', 'onError', 'onInterruptionBegin', 'onInterruptionEnd']) manager[on]((res) => heard.push([on.slice(2), res]))
beforeEach(() => { heard.length = 0 })

test('there is one manager', () => {
  expect(wx.getRecorderManager()).toBe(manager)
  expect(wx.canIUse('RecorderManager.start')).toBe(true)
})

test('a recording is a file as long as it was recorded, pauses aside', async () => {
  manager.start({ format: 'wav', sampleRate: 16000, numberOfChannels: 1 })
  await wait(1000)
  manager.pause()
  await wait(5000)
  manager.resume()
  await wait(500)
  manager.stop()
  await wait(10)
  expect(heard.map(([event]) => event)).toEqual(['Start', 'Pause', 'Resume', 'Stop'])
  const { tempFilePath, duration, fileSize } = heard[3][1]
  expect(duration).toBeGreaterThan(1400)
  expect(duration).toBeLessThan(1600)
  const fs = wx.getFileSystemManager()
  expect(fs.statSync(tempFilePath).size).toBe(fileSize)
  expect(tempFilePath).toMatch(/\.wav$/)
  const audio = wx.createInnerAudioContext()
  audio.src = tempFilePath
  await wait(10)
  expect(audio.duration).toBeCloseTo(duration / 1000, 2)
})

test('it ends by itself after its duration', async () => {
  manager.start({ duration: 2000 })
  await wait(2100)
  expect(heard.map(([event]) => event)).toEqual(['Start', 'Stop'])
  expect(heard[1][1].duration).toBe(2000)
})

test('PCM has no header, and an answer gives other bytes', async () => {
  manager.start({ format: 'PCM', sampleRate: 8000, numberOfChannels: 1, duration: 1000 })
  await wait(1100)
  expect(heard[1][1].fileSize).toBe(16000)
  device.answer('getRecorderManager', { base64: 'AAECAw==', extension: 'mp3' })
  manager.start({ format: 'mp3', duration: 1000 })
  await wait(1100)
  expect(heard[3][1]).toMatchObject({ fileSize: 4, tempFilePath: expect.stringMatching(/\.mp3$/) })
})

test('what cannot be done is an error event', async () => {
  manager.stop()
  manager.pause()
  manager.start({ sampleRate: 5 })
  manager.start({ format: 'ogg' })
  await wait(10)
  expect(heard.map(([, e]) => e.errMsg).sort()).toEqual([
    'operateRecorder:fail invalid format', 'operateRecorder:fail invalid sampleRate',
    'operateRecorder:fail recorder not start', 'operateRecorder:fail recorder not start',
  ])
})

test('startRecord ends with stopRecord', async () => {
  const file = wx.startRecord()
  await wait(1000)
  await expect(wx.stopRecord()).resolves.toEqual({ errMsg: 'stopRecord:ok' })
  await expect(file).resolves.toEqual({ errMsg: 'startRecord:ok', tempFilePath: expect.stringMatching(/^wxfile:\/\/tmp/) })
  const failed = fn()
  wx.stopRecord({ fail: failed })
  await wait(10)
  expect(failed).toHaveBeenCalledWith({ errMsg: 'stopRecord:fail recorder not start' })
})

test('without the person\'s leave nothing is recorded', async () => {
  device.answer('openSetting', { record: false })
  await wx.openSetting()
  manager.start()
  await wait(10)
  expect(heard).toEqual([['Error', { errMsg: 'operateRecorder:fail auth deny' }]])
  await expect(wx.startRecord()).rejects.toEqual({ errMsg: 'startRecord:fail auth deny' })
})
