// app: ../apps/bare
// Rests on: error texts observed in the platform's base library.

const { log } = getApp().globalData
const failure = (name, options) => wx[name](options).then(() => undefined, (e) => e.errMsg)

describe('a route that cannot be taken', () => {
  test('says why, and no page notices', async () => {
    log.length = 0
    const rows = [
      ['navigateTo', '/pages/none/none?a=1', 'navigateTo:fail page "pages/none/none" is not found'],
      ['navigateTo', 'pages/second/second', 'navigateTo:fail page "pages/index/pages/second/second" is not found'],
      ['redirectTo', 'none', 'redirectTo:fail page "pages/index/none" is not found'],
      ['reLaunch', '/none', 'reLaunch:fail page "none" is not found'],
      ['switchTab', '/none', 'switchTab:fail page "none" is not found'],
      ['navigateTo', '/pages/tab1/tab1', 'navigateTo:fail can not navigateTo a tabbar page'],
      ['redirectTo', '/pages/tab1/tab1', 'redirectTo:fail can not redirectTo a tabbar page'],
      ['switchTab', '/pages/second/second', 'switchTab:fail can not switch to no-tabBar page'],
    ]
    for (const [name, url, text] of rows) expect(await failure(name, { url })).toBe(text)
    expect(await failure('navigateBack', {})).toBe('navigateBack:fail cannot navigate back at first page.')
    expect(log.slice()).toEqual([])
    expect(getCurrentPages().length).toBe(1)
  })

  test('without a url is a parameter error', async () => {
    expect(await failure('navigateTo', {})).toBe('navigateTo:fail parameter error: parameter.url should be String instead of Undefined;')
  })

  test('to an eleventh page', async () => {
    for (let n = 1; n < 10; n++) await wx.navigateTo({ url: '/pages/second/second' })
    expect(getCurrentPages().length).toBe(10)
    expect(await failure('navigateTo', { url: '/pages/second/second' })).toBe('navigateTo:fail webview count limit exceed')
    expect(getCurrentPages().length).toBe(10)
    await wx.reLaunch({ url: '/pages/index/index' })
  })
})
