// Rests on: Jest, where an error that nobody catches fails the test that runs.
const turn = () => new Promise((done) => setTimeout(done, 5))

test.failing('a callback that throws fails the test', async () => {
  setTimeout(() => { throw new Error('in a timer') }, 1)
  await turn()
})

test.failing('an expectation in a callback fails the test, and not only by its time', (done) => {
  setTimeout(() => {
    expect(1).toBe(2)
    done()
  }, 1)
}, 2147483647)

test.failing('a promise that nobody awaits fails the test', async () => {
  Promise.reject(new Error('nobody listens'))
  await turn()
})

test('what a listener of the test hears is expected', async () => {
  const heard = jest.fn()
  wx.onError(heard)
  wx.onUnhandledRejection(heard)
  setTimeout(() => { throw new Error('in a timer') }, 1)
  Promise.reject(new Error('nobody listens'))
  await turn()
  expect(heard).toHaveBeenCalledTimes(2)
  wx.offError(heard)
  wx.offUnhandledRejection(heard)
})

test('matchers refuse arguments that make no sense', () => {
  const text = (run) => { try { run() } catch (error) { return error.message } }
  expect(text(() => expect([1]).not.toHaveLength('1'))).toBe('toHaveLength needs a whole number, not "1"')
  expect(text(() => expect(1).not.toHaveLength(1))).toBe('toHaveLength needs something with a length, not 1')
  expect(text(() => expect(1).toBeNull('x'))).toBe('this matcher takes no argument, and was given "x"')
  expect(text(() => expect(5).not.toContain(1))).toBe('toContain needs a list or a text, not 5')
  expect(text(() => expect('5').not.toContain(5))).toBe('a text contains texts only, not 5')
  expect(text(() => expect(null).not.toHaveProperty('a'))).toBe('toHaveProperty needs an object, not null')
  expect(text(() => expect({}).not.toHaveProperty())).toContain('needs a path')
  expect(text(() => expect({}).not.toBeInstanceOf('Object'))).toContain('needs a class')
  expect(text(() => expect('a').not.toMatch(undefined))).toContain('needs a text or a pattern')
  expect(text(() => expect(jest.fn()).not.toHaveBeenCalledTimes('1'))).toContain('needs a whole number')
})
