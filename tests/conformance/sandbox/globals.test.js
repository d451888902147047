// app: ../apps/plain
// Rests on: the platform's globals are ordinary writable globals (SDKs wrap Page and App); wx is a plain, extensible
// object with own enumerable functions.

describe('globals that are there', () => {
  test('the constructors and accessors', () => {
    for (const name of ['App', 'Page', 'Component', 'Behavior', 'getApp', 'getCurrentPages', 'require']) {
      expect(typeof (name === 'require' ? require : globalThis[name])).toBe('function')
    }
  })

  test('timers and console', () => {
    for (const name of ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval']) {
      expect(typeof globalThis[name]).toBe('function')
    }
    for (const level of ['log', 'info', 'warn', 'error', 'debug']) {
      expect(typeof console[level]).toBe('function')
    }
  })

  test('globalThis holds them', () => {
    expect(globalThis.wx).toBe(wx)
    expect(globalThis.Page).toBe(Page)
    expect(globalThis.globalThis).toBe(globalThis)
  })

  test('global is another name of it', () => {
    expect(global).toBe(globalThis)
    global.viaGlobal = 1
    expect(viaGlobal).toBe(1)
    delete global.viaGlobal
  })

  test('__wxConfig tells of the app, and belongs to whoever looks', () => {
    expect(__wxConfig.pages).toContain(getCurrentPages()[0].route)
    expect(__wxConfig.accountInfo.appId).toBe(wx.getAccountInfoSync().miniProgram.appId)
    expect(__wxConfig.envVersion).toBe('develop')
    expect(__wxConfig).toBe(global.__wxConfig)
    __wxConfig.pages.length = 0
    __wxConfig = { mine: true }
    expect(__wxConfig.mine).toBe(true)
  })

  test('a page script sees a Page that app.js has replaced', () => {
    expect(getCurrentPages()[0].wrapped).toBe(true)
  })

  test('they can be assigned, and files share what is on globalThis', () => {
    const original = Component
    Component = () => 'replaced'
    expect(globalThis.Component()).toBe('replaced')
    Component = original
    globalThis.shared = { by: 'a test' }
    expect(shared.by).toBe('a test')
    delete globalThis.shared
    expect(typeof shared).toBe('undefined')
  })
})

describe('wx', () => {
  test('is a plain extensible object', () => {
    expect(Object.prototype.toString.call(wx)).toBe('[object Object]')
    expect(Object.getPrototypeOf(wx)).toBe(Object.prototype)
    expect(Object.isExtensible(wx)).toBe(true)
  })

  test('has its functions as own enumerable properties', () => {
    const keys = Object.keys(wx)
    for (const name of ['showModal', 'getUpdateManager', 'setStorageSync', 'request', 'navigateTo', 'canIUse']) {
      expect(keys.includes(name)).toBe(true)
      expect(typeof wx[name]).toBe('function')
      expect(wx.hasOwnProperty(name)).toBe(true)
    }
  })

  test('takes new members and replaced ones', () => {
    wx.myApp = { on: true }
    expect(wx.myApp.on).toBe(true)
    delete wx.myApp
    const original = wx.showToast
    wx.showToast = () => 'mine'
    expect(wx.showToast()).toBe('mine')
    wx.showToast = original
    expect(wx.showToast).toBe(original)
  })

  test('does not have what it does not know', () => {
    expect(wx.noSuchApi).toBeUndefined()
    expect('noSuchApi' in wx).toBe(false)
    expect(wx.canIUse('noSuchApi')).toBe(false)
  })

  test('its functions do not need it as this', () => {
    const { setStorageSync, getStorageSync, removeStorageSync } = wx
    setStorageSync('unbound', 1)
    expect(getStorageSync('unbound')).toBe(1)
    removeStorageSync('unbound')
  })

  test('may be spread into another object', () => {
    const copy = { ...wx }
    expect(copy.getStorageSync).toBe(wx.getStorageSync)
    expect(Object.assign({}, wx).showModal).toBe(wx.showModal)
  })
})
