// Rests on: the platform's reference of wx.exitMiniProgram, wx.onAppHide and App's onHide.

test('the app goes to the background, and hears it', async () => {
  const heard = fn()
  wx.onAppHide(heard)
  await expect(wx.exitMiniProgram()).resolves.toEqual({ errMsg: 'exitMiniProgram:ok' })
  await new Promise((resolve) => setTimeout(resolve, 10))
  expect(heard).toHaveBeenCalledTimes(1)
})
