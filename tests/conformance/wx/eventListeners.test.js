// Rests on: the platform's description of wx.onX and wx.offX; the text for a bad listener is its base library's.

const turn = () => new Promise((resolve) => setTimeout(resolve, 0))
const change = async (type) => {
  device.network.set(type)
  await turn()
}

afterEach(() => wx.offNetworkStatusChange())

test('all listeners are called, in order', async () => {
  const order = []
  wx.onNetworkStatusChange(() => order.push(1))
  wx.onNetworkStatusChange(() => order.push(2))
  await change('none')
  await change('wifi')
  expect(order).toEqual([1, 2, 1, 2])
})

test('off needs the same function', async () => {
  const listener = fn()
  wx.onNetworkStatusChange(listener)
  wx.offNetworkStatusChange(() => {})
  await change('none')
  expect(listener).toHaveBeenCalledTimes(1)
  wx.offNetworkStatusChange(listener)
  await change('wifi')
  expect(listener).toHaveBeenCalledTimes(1)
})

test('off without an argument takes all off', async () => {
  const listener = fn()
  wx.onNetworkStatusChange(listener)
  wx.onNetworkStatusChange(() => listener())
  wx.offNetworkStatusChange()
  await change('none')
  await change('wifi')
  expect(listener).not.toHaveBeenCalled()
})

test('an exception in one does not keep the next from being called', async () => {
  const listener = fn(), heard = fn()
  wx.onError(heard)
  wx.onNetworkStatusChange(() => {
    throw new Error('an error of the test, on purpose')
  })
  wx.onNetworkStatusChange(listener)
  await change('none')
  await change('wifi')
  expect(listener).toHaveBeenCalledTimes(2)
  expect(heard).toHaveBeenCalledTimes(2)
  wx.offError(heard)
})

test('what is not a function is told on the console and ignored', () => {
  const error = spyOn(console, 'error')
  wx.onNetworkStatusChange(5)
  expect(error).toHaveBeenCalledWith('onNetworkStatusChange should accept a function instead of number')
  error.mockRestore()
})

test.each(['AppShow', 'AppHide', 'Error', 'UnhandledRejection', 'PageNotFound', 'ThemeChange', 'MemoryWarning', 'WindowResize'])(
  'on%s and off%s are there',
  (name) => {
    expect(wx['on' + name]).toEqual(expect.any(Function))
    expect(wx['off' + name]).toEqual(expect.any(Function))
  },
)
