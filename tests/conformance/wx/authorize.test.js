// Rests on: the platform's references of wx.authorize, wx.getSetting and wx.openSetting.

test('a person who says yes is asked once', async () => {
  await expect(wx.authorize({ scope: 'scope.camera' })).resolves.toEqual({ errMsg: 'authorize:ok' })
  await expect(wx.authorize({ scope: 'scope.camera' })).resolves.toEqual({ errMsg: 'authorize:ok' })
  await expect(wx.getSetting()).resolves.toEqual({ errMsg: 'getSetting:ok', authSetting: { 'scope.camera': true } })
})

test('a person who says no is not asked again', async () => {
  device.set({ permissions: { record: 'deny' } })
  const heard = []
  const listen = (kind) => (res) => heard.push([kind, res])
  await new Promise((resolve) => wx.authorize({ scope: 'scope.record', success: listen('success'), fail: listen('fail'), complete: resolve }))
  expect(heard).toEqual([['fail', { errMsg: 'authorize:fail auth deny', errno: 103 }]])
  device.set({ permissions: { record: 'allow' } })
  await expect(wx.authorize({ scope: 'scope.record' })).rejects.toMatchObject({ errMsg: 'authorize:fail auth deny' })
})

test('openSetting is where the person changes their mind', async () => {
  device.answer('openSetting', { record: true, werun: true })
  const { errMsg, authSetting } = await wx.openSetting()
  // A scope that was never asked for has no switch.
  expect([errMsg, authSetting]).toEqual(['openSetting:ok', { 'scope.camera': true, 'scope.record': true }])
  await expect(wx.authorize({ scope: 'scope.record' })).resolves.toEqual({ errMsg: 'authorize:ok' })
  const { subscriptionsSetting } = await wx.openSetting({ withSubscriptions: true })
  expect(subscriptionsSetting.mainSwitch).toBe(true)
})

test('what was decided before the run needs no question', async () => {
  device.set({ permissions: { writePhotosAlbum: 'denied', userInfo: 'granted' } })
  const { authSetting } = await wx.getSetting()
  expect(authSetting).toMatchObject({ 'scope.writePhotosAlbum': false, 'scope.userInfo': true })
})

test.each([
  [{ scope: 'scope.nothing' }, 'authorize:fail invalid scope'],
  [{ scope: 'camera' }, 'authorize:fail invalid scope'],
  [{}, 'authorize:fail parameter error: parameter.scope should be String instead of Undefined;'],
  [{ scope: 5 }, 'authorize:fail parameter error: parameter.scope should be String instead of Number;'],
])('%j is refused', async (options, errMsg) => {
  await expect(wx.authorize(options)).rejects.toEqual({ errMsg, errno: 1001 })
})

test('scopes that the platform gives away need nobody', async () => {
  await expect(wx.authorize({ scope: 'scope.address' })).resolves.toEqual({ errMsg: 'authorize:ok' })
})
