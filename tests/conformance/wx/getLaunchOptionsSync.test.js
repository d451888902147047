// Rests on: the platform's reference of wx.getLaunchOptionsSync and wx.getEnterOptionsSync.

test('how the app was opened', () => {
  const options = wx.getLaunchOptionsSync()
  expect(options).toMatchObject({ path: expect.any(String), query: {}, scene: 1001, referrerInfo: {} })
  expect(options.path[0]).not.toBe('/')
  expect(wx.getEnterOptionsSync()).toMatchObject({ path: options.path, scene: 1001 })
})

test('each call gives an object of its own', () => {
  wx.getLaunchOptionsSync().query.changed = 'yes'
  expect(wx.getLaunchOptionsSync().query).toEqual({})
})
