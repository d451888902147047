// Rests on: the platform's reference of wx.login, wx.checkSession and wx.getSetting, and what its tools answer without an account.

test('there is no session before the login', async () => {
  await expect(wx.checkSession()).rejects.toEqual({ errMsg: 'checkSession:fail session time out, need relogin' })
})

test('gives a code that nobody takes for a real one', async () => {
  await expect(wx.login()).resolves.toEqual({ errMsg: 'login:ok', code: 'the code is a mock one' })
  await expect(wx.login({ timeout: 'soon' })).rejects.toEqual({
    errMsg: 'login:fail parameter error: parameter.timeout should be Number instead of String;', errno: 1001
  })
})

test('then there is one', async () => {
  await wx.login()
  await expect(wx.checkSession()).resolves.toEqual({ errMsg: 'checkSession:ok' })
})

test('nobody has been asked for a permission', async () => {
  await expect(wx.getSetting()).resolves.toEqual({ errMsg: 'getSetting:ok', authSetting: {} })
  const { subscriptionsSetting } = await wx.getSetting({ withSubscriptions: true })
  expect(subscriptionsSetting).toEqual({ mainSwitch: true, itemSettings: {} })
})
