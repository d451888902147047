// Rests on: the platform's reference of wx.pageScrollTo. Without a layout only the number is kept.

test('scrolls', async () => {
  await expect(wx.pageScrollTo({ scrollTop: 120, duration: 0 })).resolves.toEqual({ errMsg: 'pageScrollTo:ok' })
  expect(device.ui.page().scrollTop).toBe(120)
})
