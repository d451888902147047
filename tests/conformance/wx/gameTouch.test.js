// app: ../apps/game
// Rests on: the platform's references of wx.onTouchStart and its like, and of wx.onShareAppMessage of mini games.

const soon = () => new Promise((resolve) => setTimeout(resolve, 0))

test('onTouchStart, onTouchMove, onTouchEnd and onTouchCancel hear of the finger', async () => {
  const heard = []
  const note = (event) => heard.push([event.type, event.touches.length, event.changedTouches[0].clientX, event.changedTouches[0].clientY])
  for (const name of ['onTouchStart', 'onTouchMove', 'onTouchEnd', 'onTouchCancel']) wx[name](note)
  device.set({ touchStart: '10,20' })
  device.set({ touchMove: [11, 21.5] })
  device.set({ touchEnd: [11, 21.5] })
  device.set({ touchCancel: '1, 2' })
  device.set({ touch: '5,6' })
  await soon()
  expect(heard).toEqual([
    ['touchstart', 1, 10, 20], ['touchmove', 1, 11, 21.5], ['touchend', 0, 11, 21.5], ['touchcancel', 0, 1, 2],
    ['touchstart', 1, 5, 6], ['touchend', 0, 5, 6],
  ])
  for (const name of ['offTouchStart', 'offTouchMove', 'offTouchEnd', 'offTouchCancel']) wx[name](note)
  device.set({ touch: '5,6' })
  await soon()
  expect(heard.length).toBe(6)
  let refused
  try { device.set({ touch: 'here' }) } catch (error) { refused = error.reason }
  expect(refused).toBe('touch cannot be "here"')
})

test('onShareAppMessage gives the card of the menu, offShareAppMessage takes it back, shareAppMessage sends one', async () => {
  const card = fn(() => ({ title: 'Level 2', query: 'level=2', imageUrl: 'a.png' }))
  wx.onShareAppMessage(card)
  device.set({ menu: 'shareAppMessage' })
  await soon()
  expect(card).toHaveBeenCalledTimes(1)
  wx.offShareAppMessage(card)
  device.set({ menu: 'shareAppMessage' })
  await soon()
  expect(card).toHaveBeenCalledTimes(1)
  expect(wx.shareAppMessage({ title: 'Level 3' })).toBeUndefined()
})
