// Rests on: the platform's references of the accelerometer, compass, gyroscope and device motion functions.

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

describe.each([
  ['Accelerometer', 'startAccelerometer', 'stopAccelerometer', 'AccelerometerChange', 'accelerometer', { x: 0, y: 0, z: -1 }, { x: 1 }],
  ['Compass', 'startCompass', 'stopCompass', 'CompassChange', 'compass', { direction: 0, accuracy: 'high' }, { direction: 90 }],
  ['Gyroscope', 'startGyroscope', 'stopGyroscope', 'GyroscopeChange', 'gyroscope', { x: 0, y: 0, z: 0 }, { z: 2 }],
  ['DeviceMotion', 'startDeviceMotionListening', 'stopDeviceMotionListening', 'DeviceMotionChange', 'deviceMotion', { alpha: 0, beta: 0, gamma: 0 }, { alpha: 45 }],
])('%s', (name, start, stop, event, word, first, change) => {
  test('reads five times a second while it is on', async () => {
    const heard = fn()
    wx['on' + event](heard)
    await wait(1000)
    expect(heard).not.toHaveBeenCalled()
    await expect(wx[start]()).resolves.toEqual({ errMsg: start + ':ok' })
    await wait(1050)
    expect(heard).toHaveBeenCalledTimes(5)
    expect(heard.mock.calls[0]).toEqual([first])
    device.set({ [word]: change })
    await wait(200)
    expect(heard.mock.calls[5]).toEqual([{ ...first, ...change }])
    await expect(wx[stop]()).resolves.toEqual({ errMsg: stop + ':ok' })
    await wait(1000)
    expect(heard).toHaveBeenCalledTimes(6)
    wx['off' + event](heard)
  })

  test('started twice it reads once at a time', async () => {
    const heard = fn()
    wx['on' + event](heard)
    await wx[start]()
    await wx[start]()
    await wait(1050)
    expect(heard).toHaveBeenCalledTimes(5)
    await new Promise((success) => wx[stop]({ success }))
    wx['off' + event]()
  })
})

test.each(['startAccelerometer', 'startGyroscope', 'startDeviceMotionListening'])('%s checks its interval', async (start) => {
  await expect(wx[start]({ interval: 'slow' })).rejects.toEqual({ errMsg: start + ':fail invalid interval', errno: 1001 })
  await expect(wx[start]({ interval: 20 })).rejects.toMatchObject({
    errMsg: start + ':fail parameter error: parameter.interval should be String instead of Number;',
  })
})

test('game reads fifty times a second', async () => {
  const heard = fn()
  wx.onAccelerometerChange(heard)
  await wx.startAccelerometer({ interval: 'game' })
  await wait(1010)
  await wx.stopAccelerometer()
  wx.offAccelerometerChange(heard)
  expect(heard).toHaveBeenCalledTimes(50)
})
