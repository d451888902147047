// Rests on: the platform's reference of wx.canIUse: ${API}.${method}.${param}.${option}.

test.each([
  'getUpdateManager',
  'UpdateManager',
  'UpdateManager.onCheckForUpdate',
  'UpdateManager.onUpdateReady',
  'UpdateManager.onUpdateFailed',
  'UpdateManager.applyUpdate',
  'showModal',
  'showModal.object.editable',
  'showModal.success.confirm',
  'showToast.object.icon.error',
  'getSystemInfoSync',
  'getSystemInfoSync.return.safeArea',
  'getSystemInfo.success.SDKVersion',
  'onAppShow',
  'offAppShow',
  'onNetworkStatusChange.callback.isConnected',
  'nextTick',
])('%s', (schema) => {
  expect(wx.canIUse(schema)).toBe(true)
})

test.each([
  'showModel',
  'UpdateManager.isUpdateReady',
  'applyUpdate',
  'showModal.object.nothing',
  'showToast.object.icon.sad',
  'getSystemInfoSync.return.nothing',
  '$test',
  '',
])('not %p', (schema) => {
  expect(wx.canIUse(schema)).toBe(false)
})

test.each([undefined, null, 5, {}])('%p is no schema', (schema) => {
  expect(wx.canIUse(schema)).toBe(false)
})

test('says true of every function of wx that is not refused', () => {
  // Of a base library that has everything.
  device.set({ sdkVersion: '99.0.0' })
  const cap = (text) => text[0].toUpperCase() + text.slice(1)
  const refused = device.apis().filter((row) => row.support === 'refused')
  const names = new Set(refused.flatMap(({ name }) => [name, 'on' + cap(name), 'off' + cap(name)]))
  const own = Object.keys(wx).filter((name) => !names.has(name))
  expect(own.length).toBeGreaterThan(100)
  expect(own.filter((name) => !wx.canIUse(name))).toEqual([])
})
