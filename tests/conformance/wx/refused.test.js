// Rests on: the platform's error numbers (100 is "not supported"), and its rules for callbacks and promises.
// Every row of the table that is refused is gone through here.

const rows = device.apis().filter((row) => row.support === 'refused')
const of = (...kinds) => rows.filter((row) => kinds.includes(row.form.kind))
const cap = (text) => text[0].toUpperCase() + text.slice(1)
const refusal = (name) => ({ errMsg: `${name}:fail not supported`, errno: 100 })

test('there are refused names', () => {
  expect(rows.length).toBeGreaterThan(100)
  expect(of('async', 'sync', 'event', 'factory', 'property', 'global', 'game').length).toBe(rows.length)
})

test.each(of('game').map((row) => row.name))('%s is for mini games', (name) => {
  expect(typeof wx[name]).toBe('undefined')
  expect(wx.canIUse(name)).toBe(false)
})

test.each(of('async').map((row) => row.name))('%s fails, and says so to fail and complete', async (name) => {
  const heard = []
  const listen = (kind) => (res) => heard.push([kind, res])
  expect(wx[name]({ success: listen('success'), fail: listen('fail'), complete: listen('complete') })).toBeUndefined()
  expect(heard).toEqual([['fail', refusal(name)], ['complete', refusal(name)]])
  expect(heard[0][1]).toBe(heard[1][1])
  await expect(wx[name]({})).rejects.toEqual(refusal(name))
  await expect(wx[name]()).rejects.toEqual(refusal(name))
  expect(wx.canIUse(name)).toBe(false)
})

test.each(of('sync').map((row) => row.name))('%s throws', (name) => {
  let thrown
  try {
    wx[name]('a')
  } catch (error) {
    thrown = error
  }
  expect({ errMsg: thrown.errMsg, errno: thrown.errno }).toEqual(refusal(name))
  expect(thrown).toBeInstanceOf(Error)
  expect(thrown.message).toBe(refusal(name).errMsg)
  expect(wx.canIUse(name)).toBe(false)
})

test.each(of('event').map((row) => row.name))('a listener of %s is told once that it is never called', (name) => {
  const [on, off] = ['on' + cap(name), 'off' + cap(name)]
  const warn = spyOn(console, 'warn').mockImplementation(() => {})
  const error = spyOn(console, 'error').mockImplementation(() => {})
  wx[on](() => {})
  wx[on](() => {})
  wx[off]()
  expect(warn).toHaveBeenCalledTimes(1)
  expect(warn.mock.calls[0][0]).toContain(`${on} is not supported here: `)
  wx[on](5)
  expect(error).toHaveBeenCalledWith(`${on} should accept a function instead of number`)
  warn.mockRestore()
  error.mockRestore()
  expect(wx.canIUse(on) || wx.canIUse(off)).toBe(false)
})

describe.each(of('factory', 'property'))('$name', (row) => {
  const object = () => (row.form.kind === 'property' ? wx[row.name] : wx[row.name]())

  test('has every method, and each refuses', async () => {
    const warn = spyOn(console, 'warn').mockImplementation(() => {})
    const self = object()
    expect(Object.keys(self)).toEqual(row.of)
    expect(row.of.length).toBeGreaterThan(0)
    for (const name of row.of) {
      const before = warn.mock.calls.length
      const failed = fn()
      try {
        await self[name]({ fail: failed })
      } catch (error) {
        expect(error.errMsg).toBe(refusal(name).errMsg)
        failed(refusal(name))
      }
      expect(failed).toHaveBeenCalledWith(refusal(name))
      await Promise.resolve(self[name]).then((again) => again.call(self, undefined)).catch(() => {})
      expect(warn.mock.calls.length - before).toBeLessThan(2)
    }
    warn.mockRestore()
    expect(wx.canIUse(row.name)).toBe(false)
    expect(wx.canIUse(row.form.of)).toBe(false)
  })
})

test('a task that never begins still calls its callbacks', () => {
  for (const { name } of of('factory').filter((row) => /Task$/.test(row.form.of))) {
    const fail = fn()
    wx[name]({ fail })
    expect(fail).toHaveBeenCalledWith(refusal(name))
  }
})

test('a refused property is one object, and an app may put its own in its place', () => {
  expect(wx.router).toBe(wx.router)
  wx.router = 5
  expect(wx.router).toBe(5)
  expect(Object.keys(wx)).toContain('router')
})

test('globals that are refused throw', () => {
  for (const { name } of of('global')) expect(() => globalThis[name]('x')).toThrow(`${name}:fail not supported`)
})

test('refused names are own, enumerable and writable, as all of wx', () => {
  const own = Object.getOwnPropertyDescriptor(wx, 'addCard')
  expect([own.enumerable, own.writable, own.configurable]).toEqual([true, true, true])
})
