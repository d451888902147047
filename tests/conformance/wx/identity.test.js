// Rests on: the platform's references of wx.getUserInfo, wx.getUserProfile and the soter functions, with their errCodes.

test('getUserProfile tells the public profile', async () => {
  const res = await wx.getUserProfile({ desc: 'for the test' })
  expect(res).toMatchObject({ errMsg: 'getUserProfile:ok', encryptedData: '', iv: '', signature: expect.stringMatching(/^[0-9a-f]{40}$/) })
  expect(res.userInfo).toEqual({ nickName: '微信用户', gender: 0, language: 'en', city: '', province: '', country: '', avatarUrl: '' })
  expect(JSON.parse(res.rawData)).toEqual(res.userInfo)
  device.answer('getUserProfile', 'cancel')
  await expect(wx.getUserProfile({ desc: 'x' })).rejects.toEqual({ errMsg: 'getUserProfile:fail cancel' })
  await expect(wx.getUserProfile({})).rejects.toMatchObject({ errno: 1001 })
  await expect(wx.getUserProfile({ desc: 'x', lang: 'fr' })).rejects.toEqual({ errMsg: 'getUserProfile:fail invalid lang', errno: 1001 })
})

test('getUserInfo has credentials only after a login', async () => {
  device.set({ person: { nickName: 'Ada', gender: 2 } })
  const before = await wx.getUserInfo()
  expect(before.userInfo).toMatchObject({ nickName: 'Ada', gender: 2 })
  expect(before.signature).toBeUndefined()
  await wx.login()
  expect((await wx.getUserInfo({ lang: 'zh_CN' })).signature).toEqual(expect.any(String))
  expect((await wx.getUserInfo({ withCredentials: false })).encryptedData).toBeUndefined()
  device.answer('getUserInfo', { encryptedData: 'abc', iv: 'def' })
  await expect(wx.getUserInfo()).resolves.toMatchObject({ encryptedData: 'abc', iv: 'def' })
  await expect(wx.getUserInfo({ withCredentials: 1 })).rejects.toMatchObject({ errno: 1001 })
})

test('login can be answered', async () => {
  device.answer('login', 'code-1')
  await expect(wx.login()).resolves.toEqual({ errMsg: 'login:ok', code: 'code-1' })
  device.answer('login', 'fail: no network')
  await expect(wx.login()).rejects.toEqual({ errMsg: 'login:fail no network' })
})

describe('biometrics', () => {
  const ask = (more) => wx.startSoterAuthentication({ requestAuthModes: ['facial', 'fingerPrint'], challenge: 'x', authContent: 'y', ...more })

  test('are those of the profile', async () => {
    await expect(wx.checkIsSupportSoterAuthentication()).resolves.toEqual({ errMsg: 'checkIsSupportSoterAuthentication:ok', supportMode: ['fingerPrint'] })
    await expect(wx.checkIsSoterEnrolledInDevice({ checkAuthMode: 'fingerPrint' })).resolves.toMatchObject({ isEnrolled: true })
    await expect(wx.checkIsSoterEnrolledInDevice({ checkAuthMode: 'facial' })).rejects.toMatchObject({ errCode: 90003 })
    await expect(wx.checkIsSoterEnrolledInDevice({})).rejects.toMatchObject({ errno: 1001 })
  })

  test('know the person', async () => {
    const res = await ask()
    expect(res).toMatchObject({ errMsg: 'startSoterAuthentication:ok', errCode: 0, authMode: 'fingerPrint' })
    expect(JSON.parse(res.resultJSON).raw).toBe('x')
    device.answer('startSoterAuthentication', 'cancel')
    await expect(ask()).rejects.toEqual({ errMsg: 'startSoterAuthentication:fail cancel', errCode: 90008 })
    await expect(ask({ requestAuthModes: ['speech'] })).rejects.toMatchObject({ errCode: 90003 })
    await expect(ask({ challenge: '' })).rejects.toMatchObject({ errCode: 90004 })
    await expect(ask({ requestAuthModes: 'facial' })).rejects.toMatchObject({ errno: 1001 })
  })
})
