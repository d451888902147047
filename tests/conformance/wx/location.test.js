// app: ../apps/location
// Rests on: the platform's references of the location and map functions; auth deny has errno 103.

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const here = { latitude: 23.10229, longitude: 113.3245211, accuracy: 65, horizontalAccuracy: 65, verticalAccuracy: 65, altitude: 0, speed: -1 }

test('getLocation asks once, and tells the place of the profile', async () => {
  await expect(wx.getLocation()).resolves.toEqual({ errMsg: 'getLocation:ok', ...here })
  const { authSetting } = await wx.getSetting()
  expect(authSetting).toEqual({ 'scope.userLocation': true })
  device.set({ location: { latitude: 31.2, longitude: 121.5, name: 'Bund' } })
  await expect(wx.getLocation({ type: 'gcj02' })).resolves.toMatchObject({ latitude: 31.2, longitude: 121.5 })
})

test('getLocation with callbacks, and with a type that is none', async () => {
  const res = await new Promise((success) => wx.getLocation({ success }))
  expect(res.errMsg).toBe('getLocation:ok')
  await expect(wx.getLocation({ type: 'mars' })).rejects.toEqual({ errMsg: 'getLocation:fail invalid type', errno: 1001 })
  await expect(wx.getLocation({ type: 5 })).rejects.toMatchObject({
    errMsg: 'getLocation:fail parameter error: parameter.type should be String instead of Number;',
  })
})

test('getFuzzyLocation is coarse, and has a scope of its own', async () => {
  device.set({ permissions: { userFuzzyLocation: 'deny' } })
  await expect(wx.getFuzzyLocation()).rejects.toEqual({ errMsg: 'getFuzzyLocation:fail auth deny', errno: 103 })
  device.answer('openSetting', { userFuzzyLocation: true })
  await wx.openSetting()
  await expect(wx.getFuzzyLocation({ type: 'wgs84' })).resolves.toEqual({ errMsg: 'getFuzzyLocation:ok', latitude: 31.2, longitude: 121.5 })
})

test('onLocationChange hears of the place at the start and at each change, until stopLocationUpdate', async () => {
  const [heard, failed] = [fn(), fn()]
  wx.onLocationChange(heard)
  wx.onLocationChangeError(failed)
  device.set({ location: { latitude: 1 } })
  await wait(1000)
  expect(heard).not.toHaveBeenCalled()
  await expect(wx.startLocationUpdate()).resolves.toEqual({ errMsg: 'startLocationUpdate:ok' })
  await wait(1000)
  device.set({ location: { latitude: 2 } })
  await wait(0)
  expect(heard.mock.calls.map(([place]) => place.latitude)).toEqual([1, 2])
  device.set({ location: { enabled: false } })
  await wait(0)
  expect(failed).toHaveBeenCalledTimes(1)
  await expect(wx.stopLocationUpdate()).resolves.toEqual({ errMsg: 'stopLocationUpdate:ok' })
  device.set({ location: { enabled: true } })
  await wait(1000)
  expect(heard).toHaveBeenCalledTimes(2)
  await expect(wx.startLocationUpdateBackground({ type: 5 })).rejects.toMatchObject({ errno: 1001 })
  await wx.startLocationUpdateBackground()
  await wx.stopLocationUpdate()
  wx.offLocationChange()
  wx.offLocationChangeError(failed)
})

test('chooseLocation and choosePoi give what the person chose', async () => {
  await expect(wx.chooseLocation({ latitude: 5, longitude: 6 })).resolves.toEqual({
    errMsg: 'chooseLocation:ok', name: 'Bund', address: expect.any(String), latitude: 5, longitude: 6,
  })
  device.answer('chooseLocation', { name: 'Park', address: 'Road 1' })
  await expect(wx.chooseLocation()).resolves.toMatchObject({ name: 'Park', address: 'Road 1', latitude: 2 })
  device.answer('chooseLocation', 'cancel')
  await expect(wx.chooseLocation()).rejects.toEqual({ errMsg: 'chooseLocation:fail cancel' })
  await expect(wx.chooseLocation({ latitude: 'north' })).rejects.toMatchObject({ errno: 1001 })
  await expect(wx.choosePoi()).resolves.toMatchObject({ errMsg: 'choosePoi:ok', type: 2, name: 'Bund' })
  device.answer('choosePoi', 'cancel')
  await expect(wx.choosePoi()).rejects.toEqual({ errMsg: 'choosePoi:fail cancel' })
})

test('openLocation needs a place', async () => {
  await expect(wx.openLocation({ latitude: 1, longitude: 2 })).resolves.toEqual({ errMsg: 'openLocation:ok' })
  await expect(wx.openLocation({ latitude: 1 })).rejects.toEqual({
    errMsg: 'openLocation:fail parameter error: parameter.longitude should be Number instead of Undefined;', errno: 1001,
  })
})
