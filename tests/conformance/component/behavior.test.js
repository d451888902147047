// app: ../apps/components
// Rests on: the platform's page on behaviors: merging rules and definitionFilter.

const { log } = getApp().globalData
const open = async (name) => {
  log.length = 0
  await wx.navigateTo({ url: '/pages/' + name + '/' + name })
  return getCurrentPages()[1]
}

describe('Behavior()', () => {
  test('gives an identifier', () => {
    expect(typeof Behavior({})).toBe('string')
    expect(Behavior({}) === Behavior({})).toBe(false)
  })

  test('data merges deeply, methods and properties are overridden, the filter has its say', async () => {
    const page = await open('part')
    expect(page.data.shared).toEqual({ counted: true, labelled: true, last: 'part' })
    expect(page.data.label).toBe('made by the filter')
    expect(page.name()).toBe('part')
    expect(page.data.step).toBe(1)
    await wx.navigateBack()
  })

  test('observers of a behavior that is used twice run once, before the component\'s', async () => {
    const page = await open('part')
    log.length = 0
    page.add()
    expect(log.slice()).toEqual(['counted count 1', 'part count 1'])
    await wx.navigateBack()
  })

  test('hasBehavior looks into behaviors of behaviors', async () => {
    const page = await open('part')
    expect(page.hasBehavior('wx://form-field')).toBe(true)
    expect(page.hasBehavior('none')).toBe(false)
    await wx.navigateBack()
  })

  test('serves a Page() too', async () => {
    const page = await open('page')
    expect(log.slice(0, 4)).toEqual(['counted created', 'counted attached', 'page onLoad', 'counted show'])
    log.length = 0
    page.addTwice()
    expect(page.data.count).toBe(2)
    expect(page.data.own).toBe(1)
    expect(page.field).toEqual({ list: [] })
    expect(log.slice()).toEqual(['counted count 1', 'counted count 2'])
    await wx.navigateBack()
  })
})
