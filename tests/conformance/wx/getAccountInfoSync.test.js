// Rests on: the platform's reference of wx.getAccountInfoSync: only a release has a version.

test('a development version', () => {
  const { miniProgram } = wx.getAccountInfoSync()
  expect(miniProgram).toEqual({ appId: expect.any(String), envVersion: 'develop', version: '' })
})
