// Rests on: the platform's references of Performance, PerformanceEntry and PerformanceObserver.

const performance = wx.getPerformance()

test('the launch and its first route are measured', () => {
  expect(wx.getPerformance()).toBe(performance)
  const [launch, route] = performance.getEntries()
  expect(launch).toMatchObject({ entryType: 'navigation', name: 'appLaunch', navigationType: 'appLaunch' })
  expect(route).toMatchObject({ entryType: 'navigation', name: 'route', navigationType: 'appLaunch', path: getCurrentPages()[0].route })
  expect(launch.duration).toBeGreaterThanOrEqual(0)
  expect(launch.startTime).toBeLessThanOrEqual(route.startTime)
  expect(launch.startTime + launch.duration).toBeLessThanOrEqual(Date.now())
  expect(performance.getEntriesByName('route')).toEqual([route])
  expect(performance.getEntriesByName('route', 'script')).toEqual([])
  expect(performance.getEntriesByType('navigation').length).toBe(2)
  expect(performance.getEntriesByType('render')).toEqual([])
})

test('createObserver hears of later routes, until it is disconnected', async () => {
  const heard = []
  const observer = performance.createObserver((list) => heard.push(...list.getEntries().map((e) => [e.name, e.navigationType])))
  observer.observe({ entryTypes: ['navigation'] })
  const url = '/' + getCurrentPages()[0].route
  await wx.redirectTo({ url })
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(heard).toEqual([['route', 'redirectTo']])
  observer.disconnect()
  await wx.reLaunch({ url })
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(heard.length).toBe(1)
  expect(performance.getEntriesByName('route').length).toBe(3)
  expect(() => performance.createObserver()).toThrow('function')
})

test('setBufferSize keeps the newest', () => {
  performance.setBufferSize(1)
  expect(performance.getEntries().map((e) => e.navigationType)).toEqual(['reLaunch'])
})
