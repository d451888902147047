// Rests on: the platform's reference of wx.showLoading.

test('stays until it is taken away', async () => {
  await expect(wx.showLoading({ title: 'Loading', mask: true })).resolves.toEqual({ errMsg: 'showLoading:ok' })
  await new Promise((resolve) => setTimeout(resolve, 60000))
  expect(device.ui.state().toast).toMatchObject({ title: 'Loading', mask: true, loading: true })
  await wx.hideLoading()
}, 120000)
