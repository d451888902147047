// app: ../apps/tabs
// Rests on: the platform's page on custom tab bars, and getTabBar in the typings.

const { log } = getApp().globalData
const turn = () => new Promise((done) => setTimeout(done, 0))
const top = () => getCurrentPages()[getCurrentPages().length - 1]

describe('a tab bar that the app draws', () => {
  test('lives with its page: made and attached before onLoad, told of show and ready before the page', () => {
    expect(log.splice(0)).toEqual([
      'bar created', 'bar attached', 'page onLoad true', 'bar show 1', 'page onShow', 'bar ready', 'page onReady',
    ])
  })

  test('is the page\'s, the same each time, and what it is told it shows', () => {
    const bar = top().getTabBar()
    expect(bar === top().getTabBar()).toBe(true)
    expect([bar.is, bar.data.selected, bar.own()]).toEqual(['custom-tab-bar/index', 0, true])
    expect(device.elements('custom-tab-bar >>> .on').map((e) => e.text)).toEqual(['Home'])
    bar.setData({ selected: 1 })
    expect(device.elements('custom-tab-bar >>> .on').map((e) => e.text)).toEqual(['Mine'])
  })

  test('is that of the components on the page, which know its page and do not select it', () => {
    const bar = top().getTabBar()
    expect(top().selectComponent('#inner').bar() === bar).toBe(true)
    expect(bar.getPageId()).toBe(top().getPageId())
    expect(top().selectComponent('.bar')).toBe(null)
    expect(top().selectComponent('custom-tab-bar')).toBe(null)
    expect(device.elements('.tab').map((e) => e.text)).toEqual(['home'])
    expect(bar.selectOwnerComponent()).toBe(null)
  })

  test('comes by a callback as well, later', async () => {
    const seen = []
    const bar = top().getTabBar((given) => seen.push(given))
    expect(seen).toEqual([])
    await turn()
    expect(seen.length === 1 && seen[0] === bar).toBe(true)
  })

  test('is told what else the app says of its tabs: nothing of it changes', async () => {
    const before = JSON.stringify(top().getTabBar().data)
    expect((await wx.setTabBarItem({ index: 0, text: 'Other' })).errMsg).toBe('setTabBarItem:ok')
    expect(JSON.stringify(top().getTabBar().data)).toBe(before)
  })

  test('switches by a tap; each tab has one of its own, which stays with it', async () => {
    const first = top().getTabBar()
    log.length = 0
    device.element('custom-tab-bar').elements('.tab')[1].tap()
    await turn()
    await turn()
    expect(top().route).toBe('pages/mine/mine')
    expect(log.splice(0)).toEqual(['bar hide 1', 'page onHide', 'bar created', 'bar attached', 'bar show 2', 'bar ready'])
    const second = top().getTabBar()
    expect([second.number, second.data.selected, first.data.selected]).toEqual([2, 1, 1])
    expect(top().early === second).toBe(true)
    await wx.switchTab({ url: '/pages/home/home' })
    expect(log.splice(0)).toEqual(['bar hide 2', 'bar show 1', 'page onShow'])
    expect(top().getTabBar() === first).toBe(true)
  })

  test('is not on a page that is no tab', async () => {
    await wx.navigateTo({ url: '/pages/plain/plain' })
    const seen = []
    expect(top().getTabBar((bar) => seen.push(bar))).toBe(null)
    expect(top().selectComponent('#inner').bar()).toBe(null)
    await turn()
    expect(seen).toEqual([null])
    expect(device.elements('custom-tab-bar')).toEqual([])
  })

  test('goes with its page', async () => {
    log.length = 0
    await wx.reLaunch({ url: '/pages/plain/plain' })
    expect(log.filter((line) => line === 'bar detached').length).toBe(2)
  })
})
