// Rests on: the platform's reference of wx.hideToast.

test('takes a toast away', async () => {
  await wx.showToast({ title: 'Saved', duration: 60000 })
  await expect(wx.hideToast()).resolves.toEqual({ errMsg: 'hideToast:ok' })
  expect(device.ui.state().toast).toBeNull()
})

test('takes a loading sign away, unless noConflict is set', async () => {
  await wx.showLoading({ title: 'Loading' })
  await wx.hideToast({ noConflict: true })
  expect(device.ui.state().toast).toMatchObject({ title: 'Loading' })
  await wx.hideToast()
  expect(device.ui.state().toast).toBeNull()
})
