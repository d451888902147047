// Rests on: the platform's reference of wx.vibrateShort and wx.vibrateLong.

test('succeeds', async () => {
  await expect(wx.vibrateShort({ type: 'heavy' })).resolves.toEqual({ errMsg: 'vibrateShort:ok' })
  await expect(wx.vibrateLong()).resolves.toEqual({ errMsg: 'vibrateLong:ok' })
})
