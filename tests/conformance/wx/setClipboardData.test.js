// Rests on: the platform's reference of wx.setClipboardData: the platform itself shows a toast.

test('what is set can be read', async () => {
  await expect(wx.setClipboardData({ data: 'text' })).resolves.toEqual({ errMsg: 'setClipboardData:ok' })
  expect(device.ui.state().toast.title).toBe('内容已复制')
  await expect(wx.getClipboardData()).resolves.toEqual({ errMsg: 'getClipboardData:ok', data: 'text' })
})

test('only strings', async () => {
  await expect(wx.setClipboardData({ data: 5 })).rejects.toMatchObject({
    errMsg: 'setClipboardData:fail parameter error: parameter.data should be String instead of Number;',
  })
})
