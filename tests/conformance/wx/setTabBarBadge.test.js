// Rests on: the platform's reference of the tab bar functions.
// app: fixtures/apps/shop/1.0.0

const tab = (index) => device.ui.state().tabBar.tabs[index]

test('a badge comes and goes', async () => {
  await expect(wx.setTabBarBadge({ index: 1, text: '5' })).resolves.toEqual({ errMsg: 'setTabBarBadge:ok' })
  expect(tab(1).badge).toBe('5')
  await wx.removeTabBarBadge({ index: 1 })
  expect(tab(1).badge).toBeNull()
})

test('more than 4 characters show as an ellipsis', async () => {
  await wx.setTabBarBadge({ index: 1, text: '12345' })
  expect(tab(1).badge).toBe('...')
})

test('a red dot comes and goes', async () => {
  await wx.showTabBarRedDot({ index: 2 })
  expect(tab(2).redDot).toBe(true)
  await wx.hideTabBarRedDot({ index: 2 })
  expect(tab(2).redDot).toBe(false)
})

test('a tab that is not there', async () => {
  await expect(wx.setTabBarBadge({ index: 9, text: '1' })).rejects.toEqual({
    errMsg: 'setTabBarBadge:fail tabbar item not found',
  })
})

test('index must be a number', async () => {
  await expect(wx.setTabBarBadge({ index: '1', text: '1' })).rejects.toMatchObject({
    errMsg: 'setTabBarBadge:fail parameter error: parameter.index should be Number instead of String;',
  })
})
