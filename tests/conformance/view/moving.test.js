// app: ../apps/builtin
// Rests on: the platform's components that a person moves, and those that lead elsewhere.

const { log } = getApp().globalData
const wait = (ms) => new Promise((done) => setTimeout(done, ms))
const at = (id) => device.element('#' + id)
const of = (id) => log.filter((e) => e[0] === id).map((e) => e.slice(1))
const open = async (name) => {
  log.length = 0
  await wx.reLaunch({ url: '/pages/' + name + '/' + name })
  device.element('view, swiper, navigator, video')
  await wait(10)
  if (name !== 'film') log.length = 0
  return getCurrentPages()[0]
}

describe('swiper', () => {
  test('tells where a person has moved it, once, and when it has stopped', async () => {
    await open('moving')
    at('swiper').do('swipeTo', 2)
    await wait(600)
    const detail = { current: 2, currentItemId: 'c', source: 'touch' }
    expect(of('swiper')).toEqual([['change', detail], ['animationfinish', detail]])
    at('swiper').do('swipeTo', 9)
    expect(of('swiper').length).toBe(2)
  })

  test('tells what the app itself has set, without a source', async () => {
    const page = await open('moving')
    page.setData({ current: 0 })
    await wait(10)
    expect(of('swiper')).toEqual([['change', { current: 0, currentItemId: 'a', source: '' }]])
  })

  test('plays by itself, round and round', async () => {
    await open('moving')
    await wait(2500)
    expect(of('playing').map((e) => [e[1].current, e[1].source])).toEqual([[0, 'autoplay'], [1, 'autoplay']])
  })
})

describe('scroll-view', () => {
  test('tells where it is and how far it went, and that it is at the top', async () => {
    const page = await open('moving')
    at('list').do('scrollTo', 0, 200)
    at('list').do('scrollTo', 0, 10)
    expect(of('list')).toEqual([
      ['scroll', { scrollLeft: 0, scrollTop: 200, scrollHeight: 0, scrollWidth: 0, deltaX: 0, deltaY: -200 }],
      ['scroll', { scrollLeft: 0, scrollTop: 10, scrollHeight: 0, scrollWidth: 0, deltaX: 0, deltaY: 190 }],
      ['scrolltoupper', { direction: 'top' }],
    ])
    page.setData({ top: 70 })
    await wait(10)
    expect(at('list').property('scrollTop')).toBe(70)
    at('list').do('toLower')
    expect(of('list').pop()).toEqual(['scrolltolower', { direction: 'bottom' }])
  })

  test('is refreshed by a pull, and tells when the app has ended that', async () => {
    const page = await open('moving')
    at('list').do('refresh')
    page.setData({ refreshing: true })
    page.setData({ refreshing: false })
    await wait(10)
    expect(of('list').map((e) => e[0])).toEqual(['refresherpulling', 'refresherrefresh', 'refresherrestore'])
  })
})

test('a picker-view tells all its wheels', async () => {
  await open('moving')
  expect(at('wheels').property('value')).toEqual([1, 2])
  at('wheels').do('pick', [0, 3])
  expect(of('wheels')).toEqual([['pickstart', {}], ['change', { value: [0, 3] }], ['pickend', {}]])
})

test('a movable-view tells where it was moved', async () => {
  await open('moving')
  at('movable').do('moveTo', 3, 4)
  expect(of('movable')).toEqual([['change', { x: 3, y: 4, source: 'touch' }]])
})

describe('navigator', () => {
  test('opens the page that it names, and goes back', async () => {
    await open('other')
    at('go').tap()
    await wait(500)
    const [first, second] = getCurrentPages()
    expect([first.route, second.route, second.options]).toEqual(['pages/other/other', 'pages/form/form', { a: '1' }])
    await wx.navigateBack()
    at('nowhere').tap()
    await wait(10)
    expect(of('nowhere').map((e) => e[0])).toEqual(['fail'])
  })
})

describe('image', () => {
  test('tells its size, or that there is none', async () => {
    const page = await open('other')
    await wait(50)
    page.setData({ src: '/dot.png' })
    await wait(50)
    expect(of('picture').map((e) => e[0]).slice(-1)).toEqual(['load'])
    expect(of('picture').pop()[1]).toEqual({ width: 3, height: 2 })
    page.setData({ src: '/none.png' })
    await wait(50)
    const [type, detail] = of('picture').pop()
    expect(type).toBe('error')
    expect(detail.errMsg).toContain('/none.png')
    expect(of('silent')).toEqual([])
  })
})

test('a canvas takes every call of a drawing', async () => {
  await open('other')
  const [found] = await new Promise((done) => wx.createSelectorQuery().select('#canvas').fields({ node: true, size: true }).exec(done))
  const context = found.node.getContext('2d')
  context.fillStyle = 'red'
  context.fillRect(0, 0, 1, 1)
  expect(context.measureText('abc').width).toBeGreaterThan(0)
  expect([found.node.width, found.node.height]).toEqual([300, 150])
  expect(await new Promise((done) => wx.createSelectorQuery().select('#rich').fields({ node: true }).exec(([r]) => done(r.node)))).toBe(null)
})

test('any other tag is a node with its attributes', async () => {
  const page = await open('other')
  expect(at('rich').property('nodes')).toEqual(page.data.nodes)
  expect([at('video').attribute('src'), at('cover').property('scrollTop')]).toEqual(['/a.mp4', '3'])
})

describe('a finger', () => {
  const point = (pageX, pageY) => ({ touches: [{ pageX, pageY: pageY || 0 }] })
  const along = async (element, points, ms) => {
    element.touchstart(point(...points[0]))
    for (const at of points.slice(1)) {
      await wait((ms || 1000) / points.length)
      element.touchmove(point(...at))
    }
    element.touchend()
  }

  test('takes a swiper along, from wherever in it, to the next item past half of its width', async () => {
    await open('moving')
    await along(at('in-swiper'), [[200], [150], [20]])
    await wait(600)
    const detail = { current: 2, currentItemId: 'c', source: 'touch' }
    expect(of('swiper')).toEqual([['transition', { dx: 50, dy: 0 }], ['transition', { dx: 180, dy: 0 }], ['change', detail], ['animationfinish', detail]])
  })

  test('that goes back, or not far and slowly, leaves the swiper where it was; a quick stroke does not', async () => {
    await open('moving')
    await along(at('swiper'), [[0], [100]])
    expect(of('swiper').map((e) => e[0])).toEqual(['transition'])
    await along(at('swiper'), [[0], [100]], 100)
    expect(of('swiper').slice(-1)).toEqual([['change', { current: 0, currentItemId: 'a', source: 'touch' }]])
  })

  test('scrolls, and pulls at the upper end', async () => {
    await open('moving')
    await along(at('both'), [[0, 300], [0, 200]])
    expect(of('both')).toEqual([
      ['dragstart', { scrollLeft: 0, scrollTop: 0 }],
      ['scroll', { scrollLeft: 0, scrollTop: 100, scrollHeight: 0, scrollWidth: 0, deltaX: 0, deltaY: -100 }],
      ['dragging', { scrollLeft: 0, scrollTop: 100 }],
      ['dragend', { scrollLeft: 0, scrollTop: 100, velocity: { x: 0, y: 0 } }],
    ])
    await along(at('list'), [[0, 0], [0, 20]])
    await along(at('list'), [[0, 0], [0, 60]])
    expect(of('list')).toEqual([['refresherpulling', { dy: 20 }], ['refresherabort', { dy: 20 }], ['refresherpulling', { dy: 60 }], ['refresherrefresh', { dy: 60 }]])
  })

  test('moves a movable-view, as far as its direction and its area let it', async () => {
    await open('moving')
    await along(at('held'), [[0, 0], [30, 40], [500, 40]])
    expect(of('held')).toEqual([['change', { x: 30, y: 0, source: 'touch' }], ['change', { x: 80, y: 0, source: 'touch' }]])
  })

  test('that stays is a long press where somebody listens, and a tap elsewhere', async () => {
    await open('moving')
    for (const id of ['press', 'tapped']) {
      at(id).touchstart(point(3, 4))
      await wait(400)
      at(id).touchend()
    }
    expect(of('press')).toEqual([['longpress', { x: 3, y: 4 }]])
    expect(of('tapped')).toEqual([['tap', { x: 3, y: 4 }]])
  })
})

describe('video', () => {
  test('does what its context says, and tells of it by the clock', async () => {
    device.answer('video', 3)
    await open('film')
    log.length = 0
    const film = wx.createVideoContext('film')
    film.play()
    await wait(1000)
    film.pause()
    film.seek(2.5)
    film.requestFullScreen({ direction: 0 })
    film.exitFullScreen()
    film.play()
    await wait(1000)
    expect(of('film').map((e) => e.slice(0, 2))).toEqual([
      ['play', {}], ['pause', {}], ['seekcomplete', { position: 2.5 }],
      ['fullscreenchange', { fullScreen: true, direction: 'vertical' }], ['fullscreenchange', { fullScreen: false, direction: 'vertical' }],
      ['play', {}], ['ended', {}],
    ])
  })

  test('tells how long it is, or why it cannot be shown', async () => {
    const page = await open('film')
    expect(of('film')[0].slice(0, 2)).toEqual(['loadedmetadata', { width: 640, height: 360, duration: 60 }])
    page.setData({ src: '/none.mp4' })
    await wait(10)
    expect(of('film').slice(-1)[0][0]).toBe('error')
  })

  test('counts its time for who listens, and plays by itself, round and round', async () => {
    await open('film')
    log.length = 0
    wx.createVideoContext('counted').play()
    await wait(2500)
    expect(of('counted').map((e) => [e[0], e[1].currentTime])).toEqual([['timeupdate', 0.25], ['timeupdate', 0.5], ['timeupdate', 0.75], ['ended', undefined]])
    expect(of('own')).toEqual([])
  })
})

test('a query gives the context of an enhanced scroll-view, which scrolls and refreshes', async () => {
  await open('moving')
  const nodes = await new Promise((done) => wx.createSelectorQuery().select('#both').node().select('#list').node().exec(done))
  expect(nodes[1].node).toBe(null)
  nodes[0].node.scrollTo({ top: 40 })
  await wait(10)
  expect(of('both').map((e) => e[1].scrollTop)).toEqual([40])
  expect([nodes[0].node.scrollEnabled, nodes[0].node.scrollIntoView('.x')]).toEqual([true, undefined])
})
