// Rests on: the platform's references of wx.showShareMenu, wx.hideShareMenu, wx.updateShareMenu and wx.getShareInfo.

const menu = () => device.ui.page().shareMenu

test('menus are shown and hidden', async () => {
  expect(menu()).toBeUndefined()
  await expect(wx.showShareMenu({ withShareTicket: true, menus: ['shareAppMessage', 'shareTimeline'] })).resolves.toEqual({ errMsg: 'showShareMenu:ok' })
  expect(menu()).toEqual(['shareAppMessage', 'shareTimeline'])
  await expect(wx.hideShareMenu({ menus: ['shareTimeline'] })).resolves.toEqual({ errMsg: 'hideShareMenu:ok' })
  expect(menu()).toEqual(['shareAppMessage'])
  await wx.hideShareMenu()
  expect(menu()).toEqual([])
})

test.each([[{ menus: ['x'] }], [{ menus: ['shareTimeline'] }], [{ menus: 'shareAppMessage' }], [{ withShareTicket: 1 }]])('%j is refused', async (options) => {
  await expect(wx.showShareMenu(options)).rejects.toMatchObject({ errno: 1001 })
})

test('updateShareMenu and getShareInfo', async () => {
  await expect(wx.updateShareMenu({ withShareTicket: true })).resolves.toEqual({ errMsg: 'updateShareMenu:ok' })
  await expect(wx.updateShareMenu({ isUpdatableMessage: 'yes' })).rejects.toMatchObject({ errno: 1001 })
  await expect(wx.getShareInfo({ shareTicket: 'x' })).rejects.toEqual({ errMsg: 'getShareInfo:fail invalid shareTicket' })
  await expect(wx.getShareInfo({})).rejects.toMatchObject({ errno: 1001 })
})
