// app: ../apps/bare
// Rests on: the platform's page on routes: lifecycles of each kind and the table of tab switches.

const { log } = getApp().globalData
const turn = () => new Promise((done) => setTimeout(done, 0))
const routes = () => getCurrentPages().map((page) => page.route)

// Runs the calls one after the other and gives back what the last one made the pages do.
const after = async (...calls) => {
  await wx.reLaunch({ url: '/pages/index/index' })
  for (const [name, options] of calls) {
    await turn()
    log.length = 0
    await wx[name](options)
  }
  await turn()
  return log.slice()
}
const to = (name, path) => [name, { url: '/pages/' + path + '/' + path }]

describe('what pages go through', () => {
  test('navigateTo', async () => {
    expect(await after(to('navigateTo', 'second'))).toEqual(['index hide', 'second load', 'second show', 'second ready'])
    expect(routes()).toEqual(['pages/index/index', 'pages/second/second'])
  })

  test('redirectTo', async () => {
    expect(await after(to('redirectTo', 'second'))).toEqual(['index unload', 'second load', 'second show', 'second ready'])
    expect(routes()).toEqual(['pages/second/second'])
  })

  test('navigateBack', async () => {
    expect(await after(to('navigateTo', 'second'), ['navigateBack', {}])).toEqual(['second unload', 'index show'])
    expect(routes()).toEqual(['pages/index/index'])
  })

  test('navigateBack over several pages, and no further than the first', async () => {
    const calls = [to('navigateTo', 'second'), to('navigateTo', 'second'), ['navigateBack', { delta: 99 }]]
    expect(await after(...calls)).toEqual(['second unload', 'second unload', 'index show'])
  })

  test('reLaunch closes from the top, then the hidden tabs', async () => {
    const calls = [to('switchTab', 'tab1'), to('switchTab', 'tab2'), to('navigateTo', 'second'), to('reLaunch', 'index')]
    const expected = ['second unload', 'tab2 unload', 'tab1 unload', 'index load', 'index show', 'index ready']
    expect(await after(...calls)).toEqual(expected)
    expect(routes()).toEqual(['pages/index/index'])
  })

  test('the callbacks run between onShow and onReady', async () => {
    await after()
    log.length = 0
    await new Promise((done) => {
      wx.navigateTo({
        url: '../second/second',
        success() { log.push('success') },
        complete() { log.push('complete'); setTimeout(done, 0) },
      })
    })
    expect(log.slice()).toEqual(['index hide', 'second load', 'second show', 'success', 'complete', 'second ready'])
  })
})

describe('switchTab', () => {
  const [one, two, second] = [to('switchTab', 'tab1'), to('switchTab', 'tab2'), to('navigateTo', 'second')]

  test('to the tab that is on top does nothing', async () => {
    expect(await after(one, one)).toEqual([])
  })

  test('to a tab for the first time', async () => {
    expect(await after(one, two)).toEqual(['tab1 hide', 'tab2 load', 'tab2 show', 'tab2 ready'])
    expect(routes()).toEqual(['pages/tab2/tab2'])
  })

  test('to a tab again shows the same page', async () => {
    await after(one)
    const [page] = getCurrentPages()
    page.mark = 1
    await wx.switchTab({ url: '/pages/tab2/tab2' })
    await turn()
    log.length = 0
    await wx.switchTab({ url: '/pages/tab1/tab1' })
    expect(log.slice()).toEqual(['tab2 hide', 'tab1 show'])
    expect(getCurrentPages()[0].mark).toBe(1)
  })

  test('closes the pages above, from the top', async () => {
    expect(await after(one, second, one)).toEqual(['second unload', 'tab1 show'])
    const calls = [one, second, second, two]
    expect(await after(...calls)).toEqual(['second unload', 'second unload', 'tab2 load', 'tab2 show', 'tab2 ready'])
  })

  test('from a page without a tab', async () => {
    expect(await after(one)).toEqual(['index unload', 'tab1 load', 'tab1 show', 'tab1 ready'])
  })

  test('leaves parameters out', async () => {
    await after(['switchTab', { url: '/pages/tab1/tab1?a=1' }])
    expect(getCurrentPages()[0].query).toEqual({})
  })
})
