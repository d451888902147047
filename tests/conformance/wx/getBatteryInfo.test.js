// Rests on: the platform's reference of wx.getBatteryInfo.

test('level is a percentage', async () => {
  const info = wx.getBatteryInfoSync()
  expect(info).toMatchObject({ level: expect.any(Number), isCharging: false })
  await expect(wx.getBatteryInfo()).resolves.toMatchObject({ level: info.level })
})
