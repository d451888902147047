// Rests on: the platform's reference of wx.setKeepScreenOn.

test('is kept', async () => {
  await wx.setKeepScreenOn({ keepScreenOn: true })
  expect(device.ui.state().keepScreenOn).toBe(true)
  await wx.setKeepScreenOn({ keepScreenOn: false })
  expect(device.ui.state().keepScreenOn).toBe(false)
})
