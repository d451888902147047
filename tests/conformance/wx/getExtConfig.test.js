// Rests on: the platform's reference of wx.getExtConfig: an app without ext.json gets an empty object.

test('is empty without an ext.json', async () => {
  expect(wx.getExtConfigSync()).toEqual({})
  await expect(wx.getExtConfig()).resolves.toEqual({ errMsg: 'getExtConfig:ok', extConfig: {} })
})
