// app: ../apps/view
// Rests on: the platform's reference of createSelectorQuery, SelectorQuery, NodesRef and IntersectionObserver.

const open = async (name) => {
  await wx.reLaunch({ url: '/pages/index/index' })
  await wx.navigateTo({ url: '/pages/' + name + '/' + name })
  return getCurrentPages()[1]
}
const exec = (query) => new Promise((done) => query.exec(done))

describe('createSelectorQuery', () => {
  test('answers in the order of its requests, later, from the page\'s data of now', async () => {
    const page = await open('plain')
    const seen = []
    const query = wx.createSelectorQuery()
    query.select('#a').fields({ id: true, dataset: true, properties: ['class'] }, (one) => seen.push(one))
    query.selectAll('.two').fields({ dataset: true })
    query.select('.none').boundingClientRect()
    query.selectAll('.none').boundingClientRect()
    page.setData({ list: [1, 2, 3] })
    const results = await exec(query)
    expect(seen).toEqual([{ id: 'a', dataset: { n: 2 }, class: 'one' }])
    expect(results).toEqual([seen[0], [1, 2, 3].map((i) => ({ dataset: { i } })), null, []])
  })

  test('knows the size that a style says, and the window', async () => {
    await open('plain')
    const query = wx.createSelectorQuery()
    query.select('#a').boundingClientRect()
    query.selectViewport().fields({ size: true })
    query.select('#a').scrollOffset()
    query.select('#a').fields({ computedStyle: ['width'], context: true, node: true })
    const [rect, viewport, offset, rest] = await exec(query)
    const { windowWidth, windowHeight } = wx.getWindowInfo()
    const height = 75 * windowWidth / 750
    expect(rect).toEqual({ id: 'a', dataset: { n: 2 }, left: 0, right: 20, top: 0, bottom: height, width: 20, height })
    expect(viewport).toEqual({ width: windowWidth, height: windowHeight })
    expect([offset.scrollTop, offset.scrollLeft]).toEqual([0, 0])
    expect(rest).toEqual({ width: '20px', context: null, node: null })
  })

  test('looks into a component when it is told to, and follows >>>', async () => {
    const page = await open('slots')
    const count = async (query) => (await exec(query))[0].length
    expect(await count(wx.createSelectorQuery().selectAll('.head').fields({}))).toBe(0)
    expect(await count(wx.createSelectorQuery().in(page.selectComponent('#box')).selectAll('.head').fields({}))).toBe(1)
    expect(await count(page.selectComponent('#box').createSelectorQuery().selectAll('.head').fields({}))).toBe(1)
    expect(await count(page.createSelectorQuery().selectAll('#box >>> .head').fields({}))).toBe(1)
    expect(await count(page.createSelectorQuery().selectAll('#bare, #box > #head').fields({}))).toBe(2)
  })

  test('NodesRef has ref, node and context beside the others', () => {
    const nodes = wx.createSelectorQuery().select('#a')
    expect(['boundingClientRect', 'context', 'fields', 'node', 'ref', 'scrollOffset'].every((name) => typeof nodes[name] === 'function')).toBe(true)
  })
})

describe('createIntersectionObserver', () => {
  const watched = async (page, options, selector) => {
    const seen = []
    const observer = wx.createIntersectionObserver(page, options)
    observer.relativeTo('#a').relativeToViewport({ bottom: 10 }).observe(selector, (e) => seen.push(e))
    await new Promise((done) => setTimeout(done, 10))
    observer.disconnect()
    return seen
  }

  test('tells once of what is there: it is in view', async () => {
    const page = await open('plain')
    const [one, ...rest] = await watched(page, {}, '.two')
    expect([one.dataset, one.intersectionRatio, rest.length]).toEqual([{ i: 1 }, 1, 0])
    expect((await watched(page, { observeAll: true }, '.two')).length).toBe(2)
    expect(await watched(page, {}, '.none')).toEqual([])
  })

  test('says nothing after disconnect', async () => {
    const page = await open('plain')
    const seen = []
    const observer = page.createIntersectionObserver()
    observer.relativeToViewport().observe('#a', (e) => seen.push(e))
    observer.disconnect()
    await new Promise((done) => setTimeout(done, 10))
    expect(seen).toEqual([])
  })
})

test('createMediaQueryObserver compares with the window', async () => {
  const page = await open('plain')
  const { windowWidth } = wx.getWindowInfo()
  const seen = []
  for (const descriptor of [{ minWidth: windowWidth }, { maxWidth: windowWidth - 1 }, { orientation: 'portrait' }]) {
    page.createMediaQueryObserver().observe(descriptor, ({ matches }) => seen.push(matches))
  }
  await new Promise((done) => setTimeout(done, 10))
  expect(seen).toEqual([true, false, true])
})
