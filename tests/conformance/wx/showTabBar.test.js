// Rests on: the failure that every app sees that touches the tab bar from another page.

test.each([
  ['setTabBarBadge', { index: 0, text: '1' }],
  ['removeTabBarBadge', { index: 0 }],
  ['showTabBarRedDot', { index: 0 }],
  ['hideTabBarRedDot', { index: 0 }],
  ['showTabBar', {}],
  ['hideTabBar', {}],
  ['setTabBarItem', { index: 0, text: 'x' }],
  ['setTabBarStyle', { color: '#000000' }],
])('%s fails where there is no tab bar', async (api, options) => {
  await expect(wx[api](options)).rejects.toEqual({ errMsg: api + ':fail not TabBar page' })
})
