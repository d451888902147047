// app: ../apps/bare
// Rests on: wx.startPullDownRefresh does what a person's pull does: the current page's onPullDownRefresh runs.

test('startPullDownRefresh calls the current page', async () => {
  const [page] = getCurrentPages()
  const called = new Promise((done) => { page.onPullDownRefresh = function () { done(this) } })
  await wx.startPullDownRefresh()
  expect(await called).toBe(page)
  await wx.stopPullDownRefresh()
})
