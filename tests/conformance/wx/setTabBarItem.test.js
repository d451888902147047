// Rests on: the platform's reference of the tab bar functions.
// app: fixtures/apps/shop/1.0.0

const bar = () => device.ui.state().tabBar

test('changes what it is given and leaves the rest', async () => {
  const { pagePath } = bar().tabs[0]
  await wx.setTabBarItem({ index: 0, text: 'Start' })
  expect(bar().tabs[0]).toMatchObject({ text: 'Start', pagePath })
})

test('setTabBarStyle', async () => {
  const { selectedColor } = bar()
  await wx.setTabBarStyle({ color: '#112233' })
  expect(bar()).toMatchObject({ color: '#112233', selectedColor })
})

test('hideTabBar and showTabBar change the window too', async () => {
  const height = wx.getWindowInfo().windowHeight
  await wx.hideTabBar()
  expect(bar().hidden).toBe(true)
  expect(wx.getWindowInfo().windowHeight).toBeGreaterThan(height)
  await wx.showTabBar({ animation: true })
  expect(bar().hidden).toBe(false)
  expect(wx.getWindowInfo().windowHeight).toBe(height)
})
