// app: ../apps/bare
// Rests on: App.onError's and wx.onError's types; the base library wraps methods of App and Page and goes on.

const app = getApp()
const turn = () => new Promise((done) => setTimeout(done, 0))

describe('an error that nobody catches', () => {
  test('of a method does not reach its caller', () => {
    expect(app.fails()).toBe(undefined)
  })

  test('goes to App.onError as a text, to wx.onError as an object', () => {
    const seen = []
    const listener = (e) => seen.push(e)
    wx.onError(listener)
    app.globalData.errors.length = 0
    app.fails()
    wx.offError(listener)
    app.fails()
    expect(seen.length).toBe(1)
    expect(seen[0].message).toContain('a method of the app fails')
    expect(typeof seen[0].stack).toBe('string')
    expect(app.globalData.errors.length).toBe(2)
    expect(app.globalData.errors[0].indexOf('MiniProgramError\n')).toBe(0)
    expect(app.globalData.errors[0]).toContain('a method of the app fails')
  })

  test('in a listener does not stop the next one', () => {
    const seen = []
    const bad = () => { throw new Error('a listener fails') }
    const good = () => seen.push(1)
    wx.onAppShow(bad)
    wx.onError(bad)
    wx.onError(good)
    app.fails()
    wx.offError()
    wx.offAppShow()
    expect(seen).toEqual([1])
  })

  test('of a timer is reported, and the app goes on', async () => {
    app.globalData.errors.length = 0
    setTimeout(() => { throw new Error('a timer fails') }, 0)
    await turn()
    await turn()
    expect(app.globalData.errors[0]).toContain('a timer fails')
  })
})

describe('an unhandled rejection', () => {
  test('carries the thrown value itself and its promise', async () => {
    const seen = []
    const listener = (e) => seen.push(e)
    wx.onUnhandledRejection(listener)
    const reason = { any: 'value' }
    const promise = Promise.reject(reason)
    await turn()
    await turn()
    wx.offUnhandledRejection(listener)
    expect(seen.length).toBe(1)
    expect(seen[0].reason).toBe(reason)
    expect(seen[0].promise).toBe(promise)
  })
})
