// app: ../apps/dark
// Rests on: the platform's references of wx.onThemeChange and App.onThemeChange.

test('an app that knows of dark mode hears of it', async () => {
  const heard = fn()
  wx.onThemeChange(heard)
  device.set({ theme: 'dark' })
  device.set({ theme: 'dark' })
  await new Promise((resolve) => setTimeout(resolve, 0))
  expect(heard.mock.calls).toEqual([[{ theme: 'dark' }]])
  expect(getApp().globalData.themes).toEqual(['dark'])
  wx.offThemeChange(heard)
})
