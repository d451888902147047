// app: ../apps/bare
// Rests on: the base library binds methods, sends data through JSON and copies other fields for each instance.

const app = getApp()
const open = async (query) => {
  await wx.navigateTo({ url: '/pages/second/second' + (query || '') })
  return getCurrentPages()[getCurrentPages().length - 1]
}
const home = () => wx.reLaunch({ url: '/pages/index/index' })

describe('a page instance', () => {
  test('knows where and what it is', async () => {
    const page = await open('?a=1')
    expect(page.route).toBe('pages/second/second')
    expect(page.__route__).toBe('pages/second/second')
    expect(page.is).toBe('pages/second/second')
    expect(page.options).toEqual({ a: '1' })
    expect(typeof page.__wxWebviewId__).toBe('number')
    await home()
  })

  test('has data and fields of its own; its script runs once', async () => {
    const a = await open()
    const b = await open()
    a.data.list.push(1)
    a.own.list.push(1)
    expect(b.data.list.length).toBe(1)
    expect(b.own.list.length).toBe(0)
    expect(b.loads).toBe(a.loads + 1)
    expect(b.__wxWebviewId__ > a.__wxWebviewId__).toBe(true)
    await home()
  })

  test('has its data through JSON, and its class instances whole', async () => {
    const page = await open()
    expect(page.data.made).toBe('1970-01-01T00:00:00.000Z')
    expect('dropped' in page.data).toBe(false)
    expect(page.account.double()).toBe(2)
    expect(page.app).toBe(app)
    await home()
  })

  test('has methods that keep their this and report what they throw', async () => {
    const page = await open()
    const { self, fails } = page
    expect(self()).toBe(page)
    app.globalData.errors.length = 0
    expect(fails()).toBe(undefined)
    expect(app.globalData.errors[0]).toContain('a method of the page fails')
    await home()
  })

  test('finds nothing where no view is', async () => {
    const page = await open()
    expect(page.selectComponent('#a')).toBe(null)
    expect(page.selectAllComponents('.a')).toEqual([])
    await home()
  })

  test('getCurrentPages() is a copy of the stack', () => {
    getCurrentPages().pop()
    expect(getCurrentPages().length).toBe(1)
  })
})
