// Rests on: the platform's reference of wx.setBackgroundColor and wx.setBackgroundTextStyle.

test('changes what it is given', async () => {
  await wx.setBackgroundColor({ backgroundColor: '#eeeeee', backgroundColorTop: '#111111' })
  expect(device.ui.page()).toMatchObject({ backgroundColor: '#eeeeee', backgroundColorTop: '#111111' })
})

test('text style is dark or light', async () => {
  await wx.setBackgroundTextStyle({ textStyle: 'light' })
  expect(device.ui.page().backgroundTextStyle).toBe('light')
  await expect(wx.setBackgroundTextStyle({ textStyle: 'grey' })).rejects.toMatchObject({
    errMsg: 'setBackgroundTextStyle:fail invalid textStyle "grey"',
  })
})
