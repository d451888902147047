// Rests on: the platform's references of InnerAudioContext, BackgroundAudioManager, playVoice and playBackgroundAudio.

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const fs = wx.getFileSystemManager()
const path = `${wx.env.USER_DATA_PATH}/a.wav`
const ON = ['onCanplay', 'onPlay', 'onPause', 'onStop', 'onEnded', 'onTimeUpdate', 'onError', 'onWaiting', 'onSeeking', 'onSeeked']
const OFF = ['offCanplay', 'offPlay', 'offPause', 'offStop', 'offEnded', 'offTimeUpdate', 'offError', 'offWaiting', 'offSeeking', 'offSeeked']

// Silence of so many milliseconds: 8000 samples a second, 8 bits each.
const wav = (ms) => {
  const data = ms * 8, view = new DataView(new ArrayBuffer(44 + data))
  const text = (at, s) => s.split('').forEach((c, i) => view.setUint8(at + i, c.charCodeAt(0)))
  text(0, 'RIFF'); view.setUint32(4, 36 + data, true); text(8, 'WAVEfmt '); view.setUint32(16, 16, true)
  view.setUint16(20, 1, true); view.setUint16(22, 1, true); view.setUint32(24, 8000, true); view.setUint32(28, 8000, true)
  view.setUint16(32, 1, true); view.setUint16(34, 8, true); text(36, 'data'); view.setUint32(40, data, true)
  return view.buffer
}
const listen = (audio, but = []) => {
  const heard = []
  for (const on of ON) {
    const event = on.slice(2)
    if (!but.includes(event)) audio[on]((res) => heard.push(res === undefined ? event : [event, res]))
  }
  return heard
}

beforeAll(() => fs.writeFileSync(path, wav(1000)))

describe('InnerAudioContext', () => {
  test('has every method, and begins empty', () => {
    const audio = wx.createInnerAudioContext()
    for (const name of ['play', 'pause', 'stop', 'seek', 'destroy', ...ON, ...OFF]) expect(typeof audio[name]).toBe('function')
    expect([audio.src, audio.duration, audio.currentTime, audio.paused, audio.buffered]).toEqual(['', 0, 0, true, 0])
    expect([audio.autoplay, audio.loop, audio.volume, audio.playbackRate, audio.startTime, audio.obeyMuteSwitch]).toEqual([false, false, 1, 1, 0, true])
    expect(wx.createInnerAudioContext()).not.toBe(audio)
    expect(wx.canIUse('createInnerAudioContext') && wx.canIUse('InnerAudioContext.play')).toBe(true)
  })

  test('plays a file to its end by the clock', async () => {
    const audio = wx.createInnerAudioContext(), heard = listen(audio)
    audio.src = path
    audio.play()
    expect(heard).toEqual([])
    await wait(600)
    expect(heard).toEqual(['Waiting', 'Canplay', 'Play', 'TimeUpdate', 'TimeUpdate'])
    expect(audio.duration).toBe(1)
    expect(audio.paused).toBe(false)
    expect(audio.currentTime).toBeCloseTo(0.6, 1)
    expect(audio.buffered).toBe(1)
    await wait(600)
    expect(heard[heard.length - 1]).toBe('Ended')
    expect([audio.paused, audio.currentTime]).toEqual([true, 0])
  })

  test('pauses, goes on, seeks and stops', async () => {
    const audio = wx.createInnerAudioContext()
    audio.autoplay = true
    audio.src = path
    const heard = listen(audio, ['TimeUpdate'])
    await wait(300)
    audio.pause()
    const at = audio.currentTime
    expect(at).toBeGreaterThan(0.2)
    await wait(500)
    expect(audio.currentTime).toBe(at)
    audio.seek(0.5)
    expect(audio.currentTime).toBe(0.5)
    await wait(10)
    audio.play()
    await wait(100)
    audio.stop()
    await wait(10)
    expect(audio.currentTime).toBe(0)
    expect(heard).toEqual(['Canplay', 'Play', 'Pause', 'Seeking', 'Seeked', 'Play', 'Stop'])
    await wait(2000)
    expect(heard.length).toBe(7)
  })

  test('loops, and plays twice as fast', async () => {
    const audio = wx.createInnerAudioContext(), heard = listen(audio, ['TimeUpdate', 'Waiting'])
    audio.loop = true
    audio.playbackRate = 2
    audio.src = path
    audio.play()
    await wait(1250)
    expect(heard).toEqual(['Canplay', 'Play'])
    expect(audio.paused).toBe(false)
    audio.loop = false
    await wait(600)
    expect(heard).toEqual(['Canplay', 'Play', 'Ended'])
  })

  test('tells what it cannot play, and can then play something else', async () => {
    fs.writeFileSync(`${wx.env.USER_DATA_PATH}/b.txt`, 'no sound')
    const audio = wx.createInnerAudioContext(), errors = []
    audio.onError((error) => errors.push(error.errCode))
    audio.src = `${wx.env.USER_DATA_PATH}/absent.mp3`
    await wait(10)
    audio.src = `${wx.env.USER_DATA_PATH}/b.txt`
    await wait(10)
    device.network.set('none')
    audio.src = 'https://example.com/a.mp3'
    await wait(10)
    expect(errors).toEqual([10003, 10004, 10002])
    device.network.set('wifi')
    device.answer('createInnerAudioContext', 3.5)
    audio.src = 'https://example.com/a.mp3'
    await wait(10)
    expect(audio.duration).toBe(3.5)
    expect(errors.length).toBe(3)
  })

  test('a listener that is taken off and a player that is destroyed are silent', async () => {
    const audio = wx.createInnerAudioContext(), off = fn(), stays = fn()
    audio.onPlay(off)
    audio.onPlay(stays)
    audio.offPlay(off)
    for (const name of OFF) if (name !== 'offPlay') audio[name]()
    audio.src = path
    audio.play()
    await wait(100)
    expect(off).not.toHaveBeenCalled()
    expect(stays).toHaveBeenCalledTimes(1)
    const ended = fn()
    audio.onEnded(ended)
    audio.destroy()
    await wait(2000)
    expect(ended).not.toHaveBeenCalled()
  })

  test('volume and rate keep to their bounds', () => {
    const audio = wx.createInnerAudioContext()
    audio.volume = 5
    audio.playbackRate = 9
    expect([audio.volume, audio.playbackRate]).toEqual([1, 2])
    audio.volume = 'loud'
    expect(audio.volume).toBe(1)
  })
})

test('setInnerAudioOption', async () => {
  await expect(wx.setInnerAudioOption({ obeyMuteSwitch: false })).resolves.toEqual({ errMsg: 'setInnerAudioOption:ok' })
  await expect(wx.setInnerAudioOption({ mixWithOther: 'no' })).rejects.toMatchObject({ errno: 1001 })
})

describe('BackgroundAudioManager', () => {
  test('is one object, and needs a title', async () => {
    const manager = wx.getBackgroundAudioManager(), errors = fn()
    expect(wx.getBackgroundAudioManager()).toBe(manager)
    for (const name of ['play', 'pause', 'stop', 'seek', 'onNext', 'onPrev', ...ON]) expect(typeof manager[name]).toBe('function')
    manager.onError(errors)
    manager.src = path
    await wait(10)
    expect(errors).toHaveBeenCalledWith({ errMsg: 'setBackgroundAudioState:fail title is nil!', errCode: 10001 })
    expect(manager.paused).toBe(true)
  })

  test('plays as soon as it has a source, and hears the buttons of the phone', async () => {
    const manager = wx.getBackgroundAudioManager(), heard = listen(manager, ['TimeUpdate', 'Error'])
    const next = fn(), old = []
    manager.onNext(next)
    manager.onPrev(next)
    wx.onBackgroundAudioPlay(() => old.push('play'))
    wx.onBackgroundAudioPause(() => old.push('pause'))
    wx.onBackgroundAudioStop(() => old.push('stop'))
    manager.title = 'silence'
    manager.src = path
    await wait(100)
    device.set({ audioButton: 'pause' })
    await wait(10)
    device.set({ audioButton: 'next' })
    device.set({ audioButton: 'prev' })
    await wait(10)
    manager.stop()
    await wait(10)
    expect(heard).toEqual(['Canplay', 'Play', 'Pause', 'Stop'])
    expect(old).toEqual(['play', 'pause', 'stop'])
    expect(next).toHaveBeenCalledTimes(2)
    wx.offBackgroundAudioPlay()
    wx.offBackgroundAudioPause()
    wx.offBackgroundAudioStop()
  })
})

test('the older functions play in the background too', async () => {
  await wx.stopBackgroundAudio()
  await expect(wx.getBackgroundAudioPlayerState()).resolves.toEqual({ errMsg: 'getBackgroundAudioPlayerState:ok', status: 2 })
  await expect(wx.pauseBackgroundAudio()).rejects.toEqual({ errMsg: 'pauseBackgroundAudio:fail no background audio is playing' })
  await expect(wx.playBackgroundAudio({})).rejects.toMatchObject({ errno: 1001 })
  await expect(wx.playBackgroundAudio({ dataUrl: path })).resolves.toEqual({ errMsg: 'playBackgroundAudio:ok' })
  await wait(100)
  await expect(wx.seekBackgroundAudio({ position: 0.5 })).resolves.toEqual({ errMsg: 'seekBackgroundAudio:ok' })
  await expect(wx.seekBackgroundAudio({})).rejects.toMatchObject({ errno: 1001 })
  await expect(wx.pauseBackgroundAudio()).resolves.toEqual({ errMsg: 'pauseBackgroundAudio:ok' })
  const state = await wx.getBackgroundAudioPlayerState()
  expect(state).toMatchObject({ status: 0, duration: 1, dataUrl: path, downloadPercent: 100 })
  expect(state.currentPosition).toBeGreaterThanOrEqual(0.5)
  const done = fn()
  wx.stopBackgroundAudio({ success: done, complete: done })
  await wait(10)
  expect(done).toHaveBeenCalledTimes(2)
  expect((await wx.getBackgroundAudioPlayerState()).status).toBe(2)
})

test('playVoice ends with the voice; another voice or stopVoice ends it before', async () => {
  const order = []
  wx.playVoice({ filePath: path, success: (res) => order.push(res.errMsg) })
  await wait(500)
  await expect(wx.pauseVoice()).resolves.toEqual({ errMsg: 'pauseVoice:ok' })
  await wait(5000)
  expect(order).toEqual([])
  await expect(wx.playVoice({ filePath: path })).resolves.toEqual({ errMsg: 'playVoice:ok' })
  await wait(700)
  expect(order).toEqual(['playVoice:ok'])
  wx.playVoice({ filePath: path, complete: () => order.push('second') })
  await wait(100)
  await expect(wx.stopVoice()).resolves.toEqual({ errMsg: 'stopVoice:ok' })
  expect(order).toEqual(['playVoice:ok', 'second'])
  await expect(wx.playVoice({ filePath: 'wxfile://usr/absent' })).rejects.toMatchObject({ errMsg: expect.stringMatching(/^playVoice:fail /) })
  await expect(wx.playVoice({})).rejects.toMatchObject({ errno: 1001 })
})
