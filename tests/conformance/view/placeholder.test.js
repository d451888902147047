// app: ../apps/late
// Rests on: the platform's page on placeholders of components, and the framework's replacement of them.

const { log } = getApp().globalData
const turn = (ms) => new Promise((done) => setTimeout(done, ms || 10))
const page = () => getCurrentPages()[0]

describe('a component of a subpackage that does not run yet', () => {
  test('is stood in for, with what it is given and what stands in it, and takes its place when the subpackage is there', async () => {
    await turn()
    expect(log.splice(0)).toEqual([
      'wait attached 1', 'page onLoad', 'wait ready', 'page onReady',
      'card script', 'card created', 'wait detached', 'card attached 1', 'card ready',
    ])
    expect(device.element('#card').tag).toBe('card')
    expect(device.element('#card').component.is).toBe('goods/card/index')
    expect(device.element('#card').text).toBe('card 1note1')
  })

  test('is then bound as it was', () => {
    page().setData({ n: 5 })
    expect(page().selectComponent('#card').data.n).toBe(5)
    page().selectComponent('#card').ping('once')
    expect(log.splice(0)).toEqual(['heard once'])
    expect(page().selectComponent('.note').is).toBe('goods/note/note')
  })

  test('is brought when its placeholder is used first, not before', async () => {
    page().setData({ more: true })
    expect(page().selectComponent('#box')).toBe(null)
    expect(device.element('#box').tag).toBe('view')
    await turn()
    expect(page().selectComponent('#box').is).toBe('order/box/box')
  })

  test('needs nobody to stand in once its subpackage runs', async () => {
    await wx.navigateTo({ url: '/pages/other/other' })
    expect(getCurrentPages()[1].selectComponent('#card').data.n).toBe(7)
  })
})

test('wx.onLazyLoadError takes listeners, and wx.offLazyLoadError takes them away', () => {
  const listener = () => {}
  expect(wx.onLazyLoadError(listener)).toBeUndefined()
  expect(wx.offLazyLoadError(listener)).toBeUndefined()
  expect(wx.canIUse('onLazyLoadError')).toBe(true)
})
