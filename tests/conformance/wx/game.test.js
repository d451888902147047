// app: ../apps/game
// subpackages: late
// Rests on: the platform's pages on mini games: their life, frames (requestAnimationFrame), subpackages, canvas.

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
const after = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

describe('a mini game', () => {
  test('has the global scope of games, not that of pages', () => {
    expect(GameGlobal.log[0]).toEqual(['show', 1001])
    expect([typeof App, typeof Page, typeof Component, typeof getApp, typeof getCurrentPages]).toEqual(Array(5).fill('undefined'))
    expect(wx.getLaunchOptionsSync().scene).toBe(1001)
  })

  // What an adapter puts on GameGlobal is found by its name: only pages are wrapped so that these names are undefined.
  test('an adapter can give it the names of a browser', () => {
    GameGlobal.window = { innerWidth: 375 }
    expect(window.innerWidth).toBe(375)
    delete GameGlobal.window
  })

  test('hears wx.onHide, and listeners are taken off with wx.offShow and wx.offHide', async () => {
    const [heard, off] = [fn(), fn()]
    wx.onHide(off)
    wx.offHide(off)
    wx.onShow(heard)
    wx.offShow(heard)
    wx.onHide(heard)
    await wx.exitMiniProgram()
    await after(10)
    expect(heard).toHaveBeenCalledTimes(1)
    expect(off).not.toHaveBeenCalled()
  })
})
