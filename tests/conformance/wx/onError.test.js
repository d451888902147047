// Rests on: the platform's reference of wx.onError and wx.onUnhandledRejection.

const turn = () => new Promise((resolve) => setTimeout(resolve, 10))

test('an exception in a timer', async () => {
  const heard = fn()
  wx.onError(heard)
  setTimeout(() => {
    throw new Error('an error of the test, on purpose')
  }, 0)
  await turn()
  wx.offError(heard)
  expect(heard).toHaveBeenCalledTimes(1)
  expect(heard.mock.calls[0][0]).toMatchObject({ message: expect.stringContaining('on purpose'), stack: expect.any(String) })
})

test('a rejection that nobody handles keeps its value', async () => {
  const heard = fn()
  const reason = { code: 5 }
  wx.onUnhandledRejection(heard)
  Promise.reject(reason)
  await turn()
  wx.offUnhandledRejection(heard)
  expect(heard).toHaveBeenCalledTimes(1)
  expect(heard.mock.calls[0][0].reason).toBe(reason)
  expect(heard.mock.calls[0][0].promise).toBeInstanceOf(Promise)
})
