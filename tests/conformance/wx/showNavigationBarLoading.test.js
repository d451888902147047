// Rests on: the platform's reference of wx.showNavigationBarLoading and wx.hideNavigationBarLoading.

test('shows and hides the loading sign', async () => {
  await expect(wx.showNavigationBarLoading()).resolves.toEqual({ errMsg: 'showNavigationBarLoading:ok' })
  expect(device.ui.page().navigationLoading).toBe(true)
  await expect(wx.hideNavigationBarLoading()).resolves.toEqual({ errMsg: 'hideNavigationBarLoading:ok' })
  expect(device.ui.page().navigationLoading).toBe(false)
})
