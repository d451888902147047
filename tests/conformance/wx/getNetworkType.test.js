// Rests on: the platform's reference of wx.getNetworkType and wx.onNetworkStatusChange.

test('listeners hear of a change, once, until they are taken off', async () => {
  await expect(wx.getNetworkType()).resolves.toMatchObject({ networkType: 'wifi' })
  const heard = fn()
  wx.onNetworkStatusChange(heard)
  device.network.set('none')
  await new Promise((resolve) => setTimeout(resolve, 0))
  expect(heard.mock.calls).toEqual([[{ isConnected: false, networkType: 'none' }]])
  await expect(wx.getNetworkType()).resolves.toMatchObject({ networkType: 'none' })
  wx.offNetworkStatusChange(heard)
  device.network.set('4g')
  await new Promise((resolve) => setTimeout(resolve, 0))
  expect(heard).toHaveBeenCalledTimes(1)
})
