// Rests on: the platform's reference of wx.setNavigationBarColor: the front colour is white or black.

test('changes both colours', async () => {
  const animation = { duration: 400, timingFunc: 'easeIn' }
  await wx.setNavigationBarColor({ frontColor: '#000000', backgroundColor: '#ff8800', animation })
  expect(device.ui.page()).toMatchObject({ frontColor: '#000000', navigationBackground: '#ff8800' })
})

test.each(['#fff', 'white', '#123456'])('front colour %s is refused', async (frontColor) => {
  await expect(wx.setNavigationBarColor({ frontColor, backgroundColor: '#000000' })).rejects.toMatchObject({
    errMsg: `setNavigationBarColor:fail invalid color "${frontColor}"`,
  })
})

test('wants both colours', async () => {
  await expect(wx.setNavigationBarColor({})).rejects.toMatchObject({
    errMsg:
      'setNavigationBarColor:fail parameter error: parameter.frontColor should be String instead of Undefined;' +
      'parameter.backgroundColor should be String instead of Undefined;',
  })
})
