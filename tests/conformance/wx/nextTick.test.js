// Rests on: the platform's reference of wx.nextTick.

test('runs after the code that is running', async () => {
  const order = []
  wx.nextTick(() => order.push('tick'))
  order.push('code')
  expect(order).toEqual(['code'])
  await new Promise((resolve) => setTimeout(resolve, 0))
  expect(order).toEqual(['code', 'tick'])
})

test('in the order of the calls', async () => {
  const order = []
  wx.nextTick(() => order.push(1))
  wx.nextTick(() => order.push(2))
  await new Promise((resolve) => setTimeout(resolve, 0))
  expect(order).toEqual([1, 2])
})
