// Rests on: the platform's reference of wx.hideHomeButton.

test('hides the button', async () => {
  await expect(wx.hideHomeButton()).resolves.toEqual({ errMsg: 'hideHomeButton:ok' })
  expect(device.ui.page().homeButtonHidden).toBe(true)
})
