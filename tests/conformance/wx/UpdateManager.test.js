// Rests on: observed behaviour of the platform's base library: listeners wait in queues and are called once, a late one
// is called at once with the stored result, an exception does not stop the others; errno of the platform's error table.
// Each test's manager has the history of the tests before it: results are stored for the life of the app.

const manager = wx.getUpdateManager()
const tick = () => new Promise((resolve) => setTimeout(resolve, 10))

test('waiting listeners are all called in the order of their registration, each once', async () => {
  const order = []
  manager.onCheckForUpdate((res) => order.push(['first', res]))
  manager.onCheckForUpdate((res) => order.push(['second', res]))
  expect(order).toEqual([])
  device.update.check(true, '1.1.0')
  await tick()
  const res = { hasUpdate: true, version: '1.1.0' }
  expect(order).toEqual([['first', res], ['second', res]])
  device.update.check(true, '1.1.0')
  await tick()
  expect(order).toHaveLength(2)
})

test('a listener that comes late is called within the registration, with the stored result', () => {
  const late = fn()
  manager.onCheckForUpdate(late)
  expect(late).toHaveBeenCalledTimes(1)
  expect(late).toHaveBeenCalledWith({ hasUpdate: true, version: '1.1.0' })
})

test('applyUpdate before it is ready: nothing restarts, 103102', async () => {
  const fail = fn()
  const complete = fn()
  expect(manager.applyUpdate({ fail, complete })).toBeUndefined()
  expect(fail).not.toHaveBeenCalled()
  await tick()
  expect(fail).toHaveBeenCalledWith({ errMsg: 'applyUpdate:fail update is not ready', errno: 103102 })
  expect(complete).toHaveBeenCalledTimes(1)
})

test('onUpdateFailed gets what failed, and is stored too', async () => {
  const failed = fn()
  manager.onUpdateFailed(failed)
  device.update.failed('1.1.0')
  await tick()
  expect(failed).toHaveBeenCalledWith({ version: '1.1.0' })
  const late = fn()
  manager.onUpdateFailed(late)
  expect(late).toHaveBeenCalledTimes(1)
})

test('an exception in one listener goes to onError and does not stop the others', async () => {
  const onError = fn()
  wx.onError(onError)
  const second = fn()
  manager.onUpdateReady(() => { throw new Error('in a listener') })
  manager.onUpdateReady(second)
  device.update.ready('1.1.0')
  await tick()
  wx.offError(onError)
  expect(second).toHaveBeenCalledWith({ version: '1.1.0' })
  expect(onError).toHaveBeenCalledTimes(1)
  expect(onError.mock.calls[0][0].message).toBe('Error: in a listener')
})

test('a listener registered inside another one, after the event, is called too', () => {
  const order = []
  manager.onCheckForUpdate((res) => {
    order.push(res.hasUpdate)
    manager.onUpdateReady(() => order.push('ready'))
    order.push('after')
  })
  expect(order).toEqual([true, 'ready', 'after'])
})

test('an update that cannot be applied: the app hears failed, and the second call is refused with 103101', async () => {
  const fail = fn()
  manager.applyUpdate({ fail })
  await tick()
  expect(fail).toHaveBeenCalledWith({ errMsg: 'applyUpdate:fail a test has no release to apply' })
  manager.applyUpdate({ fail })
  await tick()
  expect(fail).toHaveBeenLastCalledWith({ errMsg: 'applyUpdate:fail applyUpdate has been called', errno: 103101 })
})
