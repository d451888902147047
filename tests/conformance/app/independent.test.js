// app: ../apps/independent
// Rests on: the platform's page on independent subpackages and getApp({ allowDefault: true }).

const [page] = getCurrentPages()

describe('an app that starts in an independent subpackage', () => {
  test('has no App() yet', () => {
    expect(page.route).toBe('alone/pages/start/start')
    expect(page.before).toBe(undefined)
    expect(getApp()).toBe(undefined)
  })

  test('launches with the first page outside; what pages left on the default app wins', async () => {
    const early = getApp({ allowDefault: true })
    early.data = 'from a page'
    expect(getApp({ allowDefault: true })).toBe(early)
    await wx.navigateTo({ url: '/pages/index/index' })
    const app = getApp()
    expect(app.log).toEqual(['launch', 'show'])
    expect(app.data).toBe('from a page')
    expect(app.other).toBe('from App()')
    await wx.navigateBack()
    await wx.navigateTo({ url: '/pages/index/index' })
    expect(app.log).toEqual(['launch', 'show'])
  })
})
