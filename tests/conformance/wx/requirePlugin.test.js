// app: ../apps/plugins
// Rests on: the vendor's guide to using and developing plugins.

const missing = (name) => `plugin "${name}" is not defined`

test('requirePlugin gives what the main module exports, once', () => {
  const hello = requirePlugin('hello')
  expect(hello.greet('you')).toBe('hello, you')
  expect(hello.count()).toBe(1)
  expect(requirePlugin('hello')).toBe(hello)
  expect(require('plugin://hello')).toBe(hello)
  expect(hello.count()).toBe(2)
})

test('requirePlugin in its later forms', async () => {
  expect(await requirePlugin.async('hello')).toBe(requirePlugin('hello'))
  expect(await new Promise((ok, bad) => requirePlugin('hello', ok, bad))).toBe(requirePlugin('hello'))
  await expect(requirePlugin.async('away')).rejects.toEqual({ mod: 'away', errMsg: missing('away') })
  expect(await new Promise((bad) => requirePlugin('away', () => {}, bad))).toEqual({ mod: 'away', errMsg: missing('away') })
})

test('a plugin without a folder, one that is not declared, and no name', () => {
  expect(() => requirePlugin('away')).toThrow(missing('away'))
  expect(() => requirePlugin('nowhere')).toThrow(missing('nowhere'))
  expect(() => require('plugin://away')).toThrow(missing('away'))
  expect(() => requirePlugin(5)).toThrow('requirePlugin args must be a string')
})

test('neither finds the files of the other', () => {
  const hello = requirePlugin('hello')
  expect(hello.try('/lib/greet').greet).toBe(hello.greet)
  for (const path of ['../../secret', '/secret', '../../export/index', 'secret']) expect(() => hello.try(path)).toThrow('is not defined, require args is')
  for (const path of ['__plugin__/wx00000000000000aa/index', '/__plugin__/wx00000000000000aa/lib/greet.js']) expect(() => require(path)).toThrow('is not defined')
})

test('requireMiniProgram gives the plugin what the app exports for it, and nothing to the app', () => {
  expect(requirePlugin('hello').host()).toBe(require('export/index'))
  expect(requirePlugin('hello').host().whoami).toBe('the app')
  expect(() => requireMiniProgram()).toThrow('requireMiniProgram can only be used in a plugin')
})

test('the wx of a plugin is its own', async () => {
  const own = requirePlugin('hello').wx
  expect(own).not.toBe(wx)
  expect(own.getUpdateManager).toBeUndefined()
  expect(own.getSystemInfoSync().platform).toBe(wx.getSystemInfoSync().platform)
  expect(own.getAccountInfoSync().plugin).toEqual({ appId: 'wx00000000000000aa', version: 'dev' })
  expect(wx.getAccountInfoSync().plugin).toEqual({})
  own.mine = 1
  expect(wx.mine).toBeUndefined()
  await expect(own.requestPayment({})).rejects.toEqual({ errMsg: 'requestPayment:fail not supported', errno: 100 })
})

test('the storage of a plugin is its own', async () => {
  const own = requirePlugin('hello').wx
  wx.setStorageSync('k', 'of the app')
  own.setStorageSync('k', 'of the plugin')
  await own.setStorage({ key: 'l', data: 1 })
  expect([wx.getStorageSync('k'), own.getStorageSync('k')]).toEqual(['of the app', 'of the plugin'])
  expect([wx.getStorageInfoSync().keys, own.getStorageInfoSync().keys]).toEqual([['k'], ['k', 'l']])
  expect((await own.getStorage({ key: 'l' })).data).toBe(1)
  await expect(wx.getStorage({ key: 'l' })).rejects.toEqual({ errMsg: 'getStorage:fail data not found' })
  await new Promise((complete) => own.clearStorage({ complete }))
  expect([wx.getStorageInfoSync().keys, own.getStorageInfoSync().keys]).toEqual([['k'], []])
})

test('its errors have their places', () => {
  let error
  try { requirePlugin('hello').fail() } catch (e) { error = e }
  expect(error.stack).toContain('__plugin__/wx00000000000000aa/index.js:')
})

test('plugin:// opens a page of it, plugin-private:// too', async () => {
  await wx.navigateTo({ url: 'plugin://hello/hello-page?name=you' })
  const page = getCurrentPages()[1]
  expect(page.route).toBe('__plugin__/wx00000000000000aa/pages/hello/hello')
  expect(page.data).toEqual({ text: 'hello, you', same: true })
  await wx.redirectTo({ url: 'plugin-private://wx00000000000000aa/pages/hello/hello?name=me' })
  expect(getCurrentPages()[1].data.text).toBe('hello, me')
  await wx.navigateBack()
  await expect(wx.navigateTo({ url: 'plugin://hello/nowhere' })).rejects.toEqual({ errMsg: 'navigateTo:fail page "plugin:/hello/nowhere" is not found' })
})
