// Rests on: the platform's reference of wx.setNavigationBarTitle.

test('changes the title of the page on the screen', async () => {
  await expect(wx.setNavigationBarTitle({ title: 'Orders' })).resolves.toEqual({ errMsg: 'setNavigationBarTitle:ok' })
  expect(device.ui.page().title).toBe('Orders')
})

test('wants a title', async () => {
  await expect(wx.setNavigationBarTitle({})).rejects.toEqual({
    errMsg: 'setNavigationBarTitle:fail parameter error: parameter.title should be String instead of Undefined;',
    errno: 1001,
  })
})
