// app: ../apps/components
// Rests on: the platform's pages on Component() as a page, observers and lifetimes; order as its frameworks have it.

const { log } = getApp().globalData
const turn = () => new Promise((done) => setTimeout(done, 0))
const open = async (query) => {
  log.length = 0
  await wx.navigateTo({ url: '/pages/part/part' + (query || '') })
  await turn()
  return getCurrentPages()[1]
}
const close = async () => { await wx.navigateBack(); await turn() }

describe('Component() as a page', () => {
  test('goes through component and page lifetimes in the platform\'s order', async () => {
    await open('?text=hi&number=12&extra=z')
    expect(log.slice()).toEqual([
      'counted created', 'part created', 'property number 7 to 12',
      'counted attached', 'labelled attached', 'part attached hi 12', 'part onLoad {"text":"hi","number":"12","extra":"z"}',
      'counted show', 'part pageLifetimes show', 'part onShow',
      'counted ready', 'part ready', 'part onReady',
    ])
    log.length = 0
    await close()
    expect(log.slice()).toEqual(['part onUnload', 'counted detached', 'part detached'])
  })

  test('hides with its pageLifetimes', async () => {
    await open()
    log.length = 0
    await wx.navigateTo({ url: '/pages/index/index' })
    expect(log.slice()).toEqual(['counted hide', 'part pageLifetimes hide', 'part onHide'])
    await wx.navigateBack({ delta: 2 })
  })

  test('takes its properties from the query, in their own types', async () => {
    const page = await open('?text=1&number=x&flag=1&list=1&any=2&either=3')
    const { text, number, flag, list, any, either } = page.data
    expect({ text, number, flag, list, any, either }).toEqual({ text: '1', number: 0, flag: true, list: [], any: '2', either: '3' })
    expect(page.properties).toBe(page.data)
    await close()
  })

  test('has a default for each property', async () => {
    const { text, number, flag, list, any } = (await open()).data
    expect({ text, number, flag, list, any }).toEqual({ text: '', number: 7, flag: false, list: [], any: null })
    await close()
  })
})

describe('observers', () => {
  test('run for what is set and what lies below it, for what lies above only with **', async () => {
    const page = await open()
    const watch = (change) => { log.length = 0; page.setData(change); return log.slice() }
    expect(watch({ 'deep.x': { y: 2 } })).toEqual(['deep.x {"y":2}', 'deep.** {"x":{"y":2}}'])
    expect(watch({ 'deep.x.y': 3 })).toEqual(['deep.** {"x":{"y":3}}'])
    expect(watch({ deep: {} })).toEqual(['deep.x undefined', 'deep.** {}'])
    expect(watch({ rows: [{ v: 5 }] })).toEqual(['rows[0].v 5'])
    expect(watch({ other: 1 })).toEqual([])
    await close()
  })

  test('of several fields run once; what they set is there at once and observed after them', async () => {
    const page = await open()
    log.length = 0
    page.setData({ a: 2, b: 5 })
    expect(log.slice()).toEqual(['a,b 2 5', 'a,b done 7', 'sum 7'])
    await close()
  })

  test('run for an equal value; a property\'s own observer does not', async () => {
    const page = await open()
    log.length = 0
    page.setData({ sum: page.data.sum, number: page.data.number })
    expect(log.slice()).toEqual(['sum 3'])
    page.setData({ either: 'text' })
    expect(log[log.length - 1]).toBe('either string')
    await close()
  })
})
