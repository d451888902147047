// app: ../apps/parts
// subpackages: late
// Rests on: a route into a subpackage fetches it first; preloadRule (wifi by default) fetches ahead.

const at = (path) => {
  try {
    wx.getFileSystemManager().accessSync(path)
    return true
  } catch (error) {
    return false
  }
}
const routes = () => getCurrentPages().map((page) => page.route)

describe('a route into a subpackage that is not there yet', () => {
  test('fails without a network and leaves the pages as they are', async () => {
    device.network.set('none')
    await expect(wx.navigateTo({ url: '/goods/pages/p/p' })).rejects.toEqual({
      errMsg: 'navigateTo:fail loadSubPackage: fail, subPackage: goods'
    })
    expect(routes()).toEqual(['pages/index/index'])
  })

  test('opens the page when it is there', async () => {
    device.network.set('4g')
    const opened = wx.navigateTo({ url: '/goods/pages/p/p' })
    const next = wx.navigateTo({ url: '/pages/ahead/ahead' })
    await opened
    await next
    expect(routes()).toEqual(['pages/index/index', 'goods/pages/p/p', 'pages/ahead/ahead'])
    expect(getCurrentPages()[1].data.root).toBe('goods')
    await wx.navigateBack({ delta: 2 })
  })

  test('a page that is nowhere fails for that', async () => {
    await expect(wx.navigateTo({ url: '/order/pages/q/q' })).rejects.toEqual({
      errMsg: 'navigateTo:fail page "order/pages/q/q" is not found'
    })
    expect(at('order/lib/own.js')).toBe(false)
  })
})

describe('preloadRule', () => {
  test('fetches ahead on any network where it says so', async () => {
    device.network.set('2g')
    await wx.navigateTo({ url: '/fair/pages/p/p' })
    await new Promise((resolve) => setTimeout(resolve, 1))
    expect(at('order/lib/own.js')).toBe(true)
    expect(require.async('order/lib/own.js')).resolves.toEqual({ root: 'order' })
  })
})
