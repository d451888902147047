// app: ../apps/bare
// Rests on: the platform's references of wx.enableAlertBeforeUnload and wx.disableAlertBeforeUnload: the back key asks first.

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const depth = () => getCurrentPages().length

test('the back key asks, and a person who says no stays', async () => {
  await wx.navigateTo({ url: '/pages/second/second' })
  await expect(wx.enableAlertBeforeUnload({ message: 'Leave?' })).resolves.toEqual({ errMsg: 'enableAlertBeforeUnload:ok' })
  device.ui.answer('cancel')
  device.set({ back: true })
  await wait(10)
  expect(depth()).toBe(2)
  device.set({ back: true })
  await wait(10)
  expect(device.ui.prompt()).toMatchObject({ content: 'Leave?' })
  device.ui.answer('confirm')
  await wait(10)
  expect(depth()).toBe(1)
})

test('without a question the key goes back', async () => {
  await wx.navigateTo({ url: '/pages/second/second' })
  await wx.enableAlertBeforeUnload({ message: 'Leave?' })
  await expect(wx.disableAlertBeforeUnload()).resolves.toEqual({ errMsg: 'disableAlertBeforeUnload:ok' })
  device.set({ back: true })
  await wait(10)
  expect(depth()).toBe(1)
  await expect(wx.enableAlertBeforeUnload({})).rejects.toMatchObject({ errno: 1001 })
})
