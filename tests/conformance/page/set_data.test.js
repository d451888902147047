// app: ../apps/bare
// Rests on: setData's documentation; paths as both of the platform's frameworks take them.

const page = () => getCurrentPages()[0]

describe('setData', () => {
  test('sets by path and makes what is missing', () => {
    const p = page()
    p.setData({ 'a.b[1].c': 1 })
    expect(p.data.a.b[1]).toEqual({ c: 1 })
    p.setData({ 'a.b[0]': 'first', 'a.x': null })
    expect(p.data.a.b[0]).toBe('first')
    expect(p.data.a.x).toBe(null)
    p.setData({ 'dot\\.name': 1 })
    expect(p.data['dot.name']).toBe(1)
  })

  test('puts a new value where the path does not fit the old one', () => {
    const p = page()
    p.setData({ n: 1, list: [1], object: { k: 1 } })
    p.setData({ 'n.sub': 1, 'list.x': 1, 'object[0]': 1 })
    expect(p.data.n).toEqual({ sub: 1 })
    expect(p.data.list).toEqual({ x: 1 })
    expect(p.data.object).toEqual([1])
  })

  test('keeps the very object', () => {
    const value = { a: 1 }
    page().setData({ value })
    expect(page().data.value).toBe(value)
  })

  test('does not set undefined', () => {
    const p = page()
    p.setData({ u: 1 })
    p.setData({ u: undefined })
    expect(p.data.u).toBe(1)
  })

  test('changes data at once and calls back later, with the page as this', async () => {
    const p = page()
    let called = false
    const done = new Promise((yes) => p.setData({ later: 1 }, function () { called = true; yes(this) }))
    expect(p.data.later).toBe(1)
    expect(called).toBe(false)
    expect(await done).toBe(p)
  })

  test('refuses a path that is none', () => {
    expect(() => page().setData({ 'a[x]': 1 })).toThrow()
  })
})
