// app: ../apps/animation
// Rests on: the platform's page on animations: this.animate, this.clearAnimation, transitionend; applyAnimation of the typings.

const { log } = getApp().globalData
const wait = (ms) => new Promise((done) => setTimeout(done, ms))
const style = (selector) => device.element(selector).attribute('style')
const page = () => getCurrentPages()[0]

beforeEach(async () => {
  await wx.reLaunch({ url: '/pages/index/index' })
  log.length = 0
})

describe('animate', () => {
  test('ends after its duration, as the page, with what the last frame says', async () => {
    const began = Date.now()
    let as, ended
    page().animate('.moving', [
      { opacity: 1, rotate: 0 },
      { opacity: 0.5, rotate: 45, offset: 0.25 },
      { opacity: 0, rotate: 90, scale: [2, 1], translate: [10, '5%'], backgroundColor: 'blue', left: 3 },
    ], 1000, function () { as = this; ended = Date.now() })
    expect(style('#b')).toBe('opacity: 1;transform: rotate(0deg)')
    await wait(250)
    expect(style('#b')).toBe('opacity: 0.5;transform: rotate(45deg)')
    await wait(740)
    expect(ended).toBeUndefined()
    await wait(20)
    expect([as === page(), ended - began]).toEqual([true, 1000])
    const last = 'opacity: 0;background-color: blue;left: 3px;transform: rotate(90deg) scale(2, 1) translate(10px, 5%)'
    expect([style('#a'), style('#b')]).toEqual(['color: red;' + last, last])
  })

  test('of a component finds nodes in it, and those only', async () => {
    const box = page().selectComponent('#box')
    await new Promise((done) => box.animate('.in', [{ width: 1 }, { width: '50%' }], 100, done))
    expect(style('#box >>> .in')).toBe('width: 50%')
    await new Promise((done) => box.animate('.moving', [{ width: 1 }], 100, done))
    expect(style('#b')).toBe('')
  })

  test('calls nobody back on a page that is gone', async () => {
    let called = false
    page().animate('#a', [{ opacity: 0 }], 500, () => { called = true })
    await wx.reLaunch({ url: '/pages/bare/bare' })
    await wait(1000)
    expect(called).toBe(false)
  })

  test('goes by the clock on a page without a tree, which has its end when somebody looks', async () => {
    await wx.reLaunch({ url: '/pages/bare/bare' })
    const began = Date.now()
    await new Promise((done) => page().animate('#bare', [{ opacity: 1 }, { opacity: 0 }], 300, done))
    expect(Date.now() - began).toBe(300)
    expect(style('#bare')).toBe('opacity: 0')
  })

  test('along a scroll-view is refused with a word', async () => {
    expect(page().animate('#a', [{ opacity: 0 }], 500, { scrollSource: '#x', timeRange: 500, startScrollOffset: 0, endScrollOffset: 9 })).toBeUndefined()
    await wait(600)
    expect(style('#a')).toBe('color: red')
  })
})

describe('clearAnimation', () => {
  test('takes back what it names, or all, and calls back later', async () => {
    await new Promise((done) => page().animate('.moving', [{ opacity: 0, rotate: 9, scaleX: 2 }], 10, done))
    let called = false
    page().clearAnimation('#a', { opacity: true, rotate: true, scaleX: false }, () => { called = true })
    expect([style('#a'), called]).toEqual(['color: red;transform: scaleX(2)', false])
    await wait(1)
    expect(called).toBe(true)
    await new Promise((done) => page().clearAnimation('.moving', done))
    expect([style('#a'), style('#b')]).toEqual(['color: red', ''])
  })
})

test('applyAnimation sets one frame at once', async () => {
  let called = false
  page().applyAnimation('#b', { height: 5, skew: [1, 2] }, false, () => { called = true })
  expect(style('#b')).toBe('height: 5px;transform: skew(1deg, 2deg)')
  await wait(1)
  expect(called).toBe(true)
})

describe('the attribute animation', () => {
  test('goes step by step; each ends with an event at the node itself', async () => {
    const began = Date.now()
    const animation = wx.createAnimation({ duration: 200, delay: 50 })
    animation.opacity(0).rotate(30).step().width(7).step({ duration: 300, delay: 0 })
    page().setData({ motion: animation.export() })
    expect(style('#a')).toBe('color: red;transform-origin: 50% 50% 0;opacity: 0;transform: rotate(30deg)')
    await wait(1000)
    expect(log.map(([id, type, detail, at]) => [id, type, detail, at - began])).toEqual([
      ['a', 'transitionend', { elapsedTime: 0.2 }, 250], ['a', 'transitionend', { elapsedTime: 0.3 }, 550],
    ])
    expect(style('#a')).toBe('color: red;transform-origin: 50% 50% 0;opacity: 0;width: 7px;transform: rotate(30deg)')
  })

  test('gives way to what is set later', async () => {
    const fade = (opacity, duration) => wx.createAnimation({ duration }).opacity(opacity).step().export()
    page().setData({ motion: fade(0, 500) })
    await wait(100)
    page().setData({ motion: fade(1, 50) })
    await wait(1000)
    expect(log.map((e) => e[2])).toEqual([{ elapsedTime: 0.05 }])
    page().setData({ motion: fade(0.3, 0) })
    await wait(10)
    expect([style('#a').includes('opacity: 0.3'), log.length]).toEqual([true, 1])
  })
})
