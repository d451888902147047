// Rests on: the platform's reference of wx.hideLoading.

test('takes the loading sign away', async () => {
  await wx.showLoading({ title: 'Loading' })
  await expect(wx.hideLoading()).resolves.toEqual({ errMsg: 'hideLoading:ok' })
  expect(device.ui.state().toast).toBeNull()
})

test('takes a toast away, unless noConflict is set', async () => {
  await wx.showToast({ title: 'Saved' })
  await wx.hideLoading({ noConflict: true })
  expect(device.ui.state().toast).toMatchObject({ title: 'Saved' })
  await wx.hideLoading()
  expect(device.ui.state().toast).toBeNull()
})

test('nothing to take away is no failure', async () => {
  await expect(wx.hideLoading()).resolves.toEqual({ errMsg: 'hideLoading:ok' })
})
