// app: ../apps/bare
// Rests on: App() runs onLaunch and onShow inside its call (observed in the platform's base library); getApp's documentation.

const app = getApp()

describe('launch', () => {
  test('onLaunch and onShow run inside the App() call, the first page after app.js', () => {
    expect(app.globalData.log).toEqual(['app launch', 'app show', 'app.js ends', 'index load', 'index show', 'index ready'])
  })

  test('getApp() is undefined and no page is open while the app launches', () => {
    expect(app.globalData.appInLaunch).toBe(undefined)
    expect(app.globalData.appInShow).toBe(undefined)
    expect(app.globalData.pagesInLaunch).toBe(0)
  })

  test('onLaunch, onShow and the two option functions agree', () => {
    const { launch, show } = app.globalData
    expect(launch.path).toBe('pages/index/index')
    expect(launch.query).toEqual({})
    expect(typeof launch.scene).toBe('number')
    expect(launch.referrerInfo).toEqual({})
    expect(wx.getLaunchOptionsSync()).toEqual(launch)
    expect(wx.getEnterOptionsSync()).toEqual(show)
  })

  test('nobody changes the launch options of others', () => {
    wx.getLaunchOptionsSync().query.changed = true
    expect(wx.getLaunchOptionsSync().query).toEqual({})
  })
})

describe('the app object', () => {
  test('is one object', () => {
    expect(getApp()).toBe(app)
    expect(getApp({ allowDefault: true })).toBe(app)
  })

  test('its methods keep their this when they are passed on unbound', () => {
    const { self } = app
    expect(self()).toBe(app)
  })

  test('App, Page, Component, Behavior, getApp and getCurrentPages are globals that a script may replace', () => {
    for (const name of ['App', 'Page', 'Component', 'Behavior', 'getApp', 'getCurrentPages']) {
      const before = globalThis[name]
      globalThis[name] = 1
      expect(globalThis[name]).toBe(1)
      globalThis[name] = before
    }
  })

  test('a second App() is an error and changes nothing', () => {
    const before = app.globalData.errors.length
    App({ globalData: { other: true } })
    expect(getApp()).toBe(app)
    expect(app.globalData.errors.length).toBe(before + 1)
  })

  test('App() without an object throws', () => {
    expect(() => App()).toThrow()
  })
})
