// app: ../apps/view
// Rests on: the platform's pages on component templates, slots, generics, behaviors, events and lifetimes.

const { log } = getApp().globalData
const turn = () => new Promise((done) => setTimeout(done, 0))
const open = async (name, query) => {
  await wx.reLaunch({ url: '/pages/index/index' })
  log.length = 0
  await wx.navigateTo({ url: '/pages/' + name + '/' + name + (query || '') })
  await turn()
  return getCurrentPages()[1]
}
const values = (list) => list.map((c) => c.data.v)

describe('slots', () => {
  test('what a component is given stands in its slots, and is the page\'s', async () => {
    const page = await open('slots')
    expect(page.selectComponent('#head').data.own).toBe(1)
    expect(page.selectComponent('#body').data.own).toBe(1)
    expect(page.selectComponent('#box').selectComponent('#body')).toBe(null)
  })

  test('a dynamic slot gives a value to each of its copies', async () => {
    const page = await open('slots')
    expect(values(page.selectAllComponents('.row'))).toEqual([0, 10, 20])
  })

  test('a virtual host holds what it is given', async () => {
    const page = await open('slots')
    expect(page.selectComponent('#held').data.own).toBe(1)
  })
})

describe('generics', () => {
  test('are what the user says, or their default', async () => {
    const page = await open('generics')
    const rows = (id) => page.selectComponent(id).selectAllComponents('.row').map((row) => [row.data.kind, row.data.value])
    expect(rows('#plain')).toEqual([['plain-row', 1], ['plain-row', 2]])
    expect(rows('#bold')).toEqual([['bold-row', 3]])
  })
})

test('WXS has its own words, modules and types', async () => {
  const page = await open('wxs')
  expect(values(page.selectAllComponents('.p'))).toEqual([8, 'Array', 'Number', '12', 2020, '4-x'])
  page.setData({ n: 5 })
  expect(values(page.selectAllComponents('.p'))).toEqual([10, 'Array', 'Number', '12', 2020, '5-x'])
})

describe('events', () => {
  const sent = async (...args) => {
    const page = await open('events')
    page.selectComponent('#s').send(...args)
    return log.map((entry) => entry[0])
  }

  test('without options reach the component\'s own listeners only', async () => {
    expect(await sent('ping')).toEqual(['ping'])
    const [, type, target, current, from, mark, detail] = log[0]
    expect([type, target, current, from, mark, detail]).toEqual(['ping', 's', 's', 'sender', { outer: '1', inner: 2 }, {}])
  })

  test('bubble, are caught first by who captures, and have plain targets', async () => {
    expect(await sent('ping', { a: 1 }, { bubbles: true, composed: true, capturePhase: true })).toEqual(['capture', 'ping', 'outer'])
    expect(log[2].slice(2)).toEqual(['s', 'outer', 'outer', { outer: '1', inner: 2 }, { a: 1 }])
  })

  test('are bound without a colon as well', async () => {
    expect(await sent('old', {}, { bubbles: true })).toEqual(['outer'])
    expect(await sent('caught', {}, { bubbles: true })).toEqual(['outer'])
  })

  test('stop where they are caught, and are mutated once', async () => {
    expect(await sent('stop', {}, { bubbles: true })).toEqual(['ping', 'stop'])
    expect(await sent('mut', {}, { bubbles: true })).toEqual(['ping'])
  })
})

describe('properties and behaviors', () => {
  test('wx://form-field, a filter\'s property, and an export', async () => {
    const page = await open('fields')
    const field = page.selectComponent('#f')
    expect([field.value, field.max, field.is('wx://form-field'), field.is('none')]).toEqual([3, 7, true, false])
  })

  test('a two-way binding carries a component\'s value into the page', async () => {
    const page = await open('fields')
    page.selectComponent('#f').change('new')
    expect(page.data.typed).toBe('new')
    expect(log.filter((line) => line === 'text changed').length > 0).toBe(true)
  })

  test('a property may be called dataset', async () => {
    const page = await open('fields')
    const probe = page.selectComponent('#p')
    expect(probe.data.dataset).toEqual({ a: 1 })
    expect(probe.dataset).toEqual({ b: '2' })
  })

  test('components of npm and of app.json are found', async () => {
    const page = await open('fields')
    expect(page.selectComponent('#b').data.label).toBe('npm')
    expect(page.selectComponent('#g').data.text).toBe('global')
  })
})

describe('lifetimes', () => {
  test('stand between the page\'s, and a component that comes later is ready later, once', async () => {
    const page = await open('late')
    expect(log.slice()).toEqual([
      'note created', 'note attached first', 'page onLoad', 'note show first', 'page onShow', 'note ready first', 'page onReady',
    ])
    log.length = 0
    page.setData({ more: true })
    expect(log.slice()).toEqual(['note created', 'note attached second'])
    await turn()
    expect(log.slice(2)).toEqual(['note ready second'])
    log.length = 0
    await wx.navigateBack()
    await turn()
    expect(log.slice()).toEqual(['page onUnload', 'note detached first', 'note detached second'])
  })

  test('of the page reach its components first', async () => {
    await open('late')
    log.length = 0
    await wx.navigateTo({ url: '/pages/index/index' })
    expect(log.slice()).toEqual(['note hide first', 'page onHide'])
  })
})

describe('a page that is a component and uses some', () => {
  test('takes its properties from the query and has what a page has', async () => {
    const page = await open('owner', '?q=12')
    expect([page.data.q, page.seen, page.route, page.options, page.own()]).toEqual([12, 12, 'pages/owner/owner', { q: '12' }, 'own'])
    expect(page.getPageId()).toBe(page.selectComponent('#o').getPageId())
    expect(page.selectComponent('#o').owner() === page).toBe(true)
  })

  test('is the owner of its components, and a page likewise', async () => {
    const page = await open('updates')
    expect(page.selectComponent('#p').selectOwnerComponent() === page).toBe(true)
    expect(page.selectOwnerComponent()).toBe(null)
  })
})

describe('updates', () => {
  test('reach components at once; the callback comes later, as the page', async () => {
    const page = await open('updates')
    let as
    page.setData({ a: 2 }, function () { as = this })
    expect(page.selectComponent('#p').data.v).toBe(2)
    expect(as).toBeUndefined()
    await turn()
    expect(as === page).toBe(true)
  })

  test('of paths change the page\'s own data, and a group of them is one', async () => {
    const page = await open('updates')
    page.setData({ 'b.c[1]': 5 })
    expect(page.data.b).toEqual({ c: [1, 5] })
    page.groupSetData(() => { page.setData({ a: 7 }); page.setData({ a: 8 }) })
    expect(page.selectComponent('#p').data.v).toBe(8)
  })

  test('are told to who measures them', async () => {
    const page = await open('updates')
    const seen = []
    page.setUpdatePerformanceListener({ withDataPaths: true }, (report) => seen.push(report))
    page.setData({ a: 3, 'b.c[0]': 1 })
    expect(seen.length).toBe(1)
    expect([seen[0].updateProcessId, seen[0].isMergedUpdate, seen[0].dataPaths]).toEqual([1, false, [['a'], ['b', 'c', 0]]])
  })
})

describe('what the platform tells besides', () => {
  test('a route is done when its page is ready, and when its page is back', async () => {
    await open('told')
    expect(log.splice(0)).toEqual(['page onShow', 'page onReady', 'told routeDone', 'page onRouteDone'])
    await wx.navigateTo({ url: '/pages/index/index' })
    await turn()
    await wx.navigateBack()
    await turn()
    expect(log.splice(0)).toEqual(['page onShow', 'told routeDone', 'page onRouteDone'])
  })

  test('a component hears of what its handlers throw; the app hears of all', async () => {
    const errors = []
    const hear = (e) => errors.push(e.message)
    wx.onError(hear)
    const page = await open('told')
    log.length = 0
    device.element('#told >>> #bad').tap()
    expect(log.splice(0)).toEqual(['error of the component'])
    page.selectComponent('#told').triggerEvent('failed')
    wx.offError(hear)
    expect(errors.map((text) => /of the (component|page)/.exec(text)[1])).toEqual(['component', 'page'])
  })

  test('a page-container enters and leaves in its time', async () => {
    const page = await open('told')
    await new Promise((done) => setTimeout(done, 1000))
    log.length = 0
    page.setData({ shown: true })
    await turn()
    expect(log.splice(0).map((e) => e[0])).toEqual(['beforeenter', 'enter'])
    await new Promise((done) => setTimeout(done, 100))
    expect(log.splice(0).map((e) => e[0])).toEqual(['afterenter'])
    page.setData({ shown: false })
    await new Promise((done) => setTimeout(done, 110))
    expect(log.splice(0).map((e) => e[0])).toEqual(['beforeleave', 'leave', 'afterleave'])
  })

  test('going back closes a page-container, and only then the page', async () => {
    const page = await open('told')
    const shown = async () => {
      page.setData({ shown: false })
      await turn()
      page.setData({ shown: true })
      await new Promise((done) => setTimeout(done, 200))
      log.length = 0
    }
    for (const back of [() => device.set({ back: true }), () => wx.navigateBack()]) {
      await shown()
      await back()
      await new Promise((done) => setTimeout(done, 200))
      expect(log.splice(0).map((e) => e[0]).filter((type) => type !== 'activeend')).toEqual(['beforeleave', 'leave', 'afterleave'])
      expect(getCurrentPages().length).toBe(2)
    }
    await wx.navigateBack()
    expect(getCurrentPages().length).toBe(1)
  })

  test('an active progress tells when it has got there', async () => {
    const page = await open('told')
    await new Promise((done) => setTimeout(done, 310))
    expect(log.filter((e) => e[0] === 'activeend')).toEqual([['activeend', { curPercent: 10 }]])
    page.setData({ percent: 30 })
    await new Promise((done) => setTimeout(done, 610))
    expect(log.filter((e) => e[0] === 'activeend').length).toBe(2)
  })
})
