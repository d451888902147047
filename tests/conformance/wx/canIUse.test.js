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

test('says true of every function of wx', () => {
  const unknown = Object.keys(wx).filter((name) => typeof wx[name] === 'function' && !wx.canIUse(name))
  expect(unknown).toEqual([])
})
