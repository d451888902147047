// Rests on: the platform's reference of wx.startPullDownRefresh and wx.stopPullDownRefresh.
// app: fixtures/apps/shop/1.0.0

test('calls the page as if the person had pulled', async () => {
  const page = getCurrentPages()[0]
  const load = spyOn(page, 'load')
  await expect(wx.startPullDownRefresh()).resolves.toEqual({ errMsg: 'startPullDownRefresh:ok' })
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(load).toHaveBeenCalled()
})

test('stops', async () => {
  await wx.stopPullDownRefresh()
  expect(device.ui.page().refreshing).toBe(false)
})
