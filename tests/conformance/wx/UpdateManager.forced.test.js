// Rests on: observed behaviour of the platform's base library: below the minimum version the app's listeners are not
// called; the framework shows its own dialog with one button, and restarts when it is pressed.

test('a forced update is between the framework and the person', async () => {
  const manager = wx.getUpdateManager()
  const heard = fn()
  manager.onCheckForUpdate(heard)
  manager.onUpdateReady(heard)
  device.update.check(true, '2.0.0', true)
  device.update.ready('2.0.0', true)
  await new Promise((resolve) => setTimeout(resolve, 10))
  expect(heard).not.toHaveBeenCalled()
  expect(device.ui.prompt()).toMatchObject({ showCancel: false, confirmText: '知道了' })
})
