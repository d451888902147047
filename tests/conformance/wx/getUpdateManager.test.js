// Rests on: the platform's reference of UpdateManager for a development version: no check, no events.

test('one object', () => {
  expect(wx.getUpdateManager()).toBe(wx.getUpdateManager())
})

test('its methods return nothing and take no offence at what is not a function', () => {
  const manager = wx.getUpdateManager()
  for (const name of ['onCheckForUpdate', 'onUpdateReady', 'onUpdateFailed']) {
    expect(manager[name](() => {})).toBeUndefined()
    expect(manager[name](5)).toBeUndefined()
  }
})

test('methods work when they are taken off the object', () => {
  const { onUpdateReady } = wx.getUpdateManager()
  expect(() => onUpdateReady(() => {})).not.toThrow()
})

test('applyUpdate before an update is ready fails quietly', async () => {
  const fail = fn()
  expect(wx.getUpdateManager().applyUpdate({ fail })).toBeUndefined()
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(fail).toHaveBeenCalledWith({ errMsg: 'applyUpdate:fail update is not ready', errno: 103102 })
})
