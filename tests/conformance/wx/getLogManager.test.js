// Rests on: the platform's references of LogManager and RealtimeLogManager.

test('one object each, whose methods return nothing', () => {
  const log = wx.getLogManager({ level: 1 }), realtime = wx.getRealtimeLogManager()
  expect(wx.getLogManager()).toBe(log)
  expect(wx.getRealtimeLogManager()).toBe(realtime)
  for (const level of ['debug', 'info', 'log', 'warn']) expect(log[level]('text', { a: 1 })).toBeUndefined()
  for (const level of ['info', 'warn', 'error', 'setFilterMsg', 'addFilterMsg', 'in']) expect(realtime[level]('text')).toBeUndefined()
})

test('a tag gives a manager of its own', () => {
  const tagged = wx.getRealtimeLogManager().tag('shop')
  for (const level of ['info', 'warn', 'error', 'setFilterMsg', 'addFilterMsg']) expect(tagged[level]('text')).toBeUndefined()
})

test('methods work when they are taken off the object', () => {
  const { info } = wx.getRealtimeLogManager()
  expect(() => info('text')).not.toThrow()
})

test('the realtime log holds nothing back', () => {
  const log = wx.getRealtimeLogManager()
  log.in(getCurrentPages()[0])
  log.info('a')
  expect(log.getCurrentState()).toEqual({ size: 0, maxSize: 5120, logCount: 0, maxLogCount: 200 })
})
