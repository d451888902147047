// Rests on: Jest's documented fake timers.

beforeEach(() => { jest.useFakeTimers({ now: 1000 }) })
afterEach(() => { jest.useRealTimers() })

test('nothing happens until time is moved', () => {
  const said = []
  setTimeout((word) => said.push(word), 20, 'late')
  setTimeout(() => said.push('soon'), 10)
  const every = setInterval(() => said.push('tick'), 8)
  jest.advanceTimersByTime(7)
  expect(said).toEqual([])
  jest.advanceTimersByTime(13)
  expect(said).toEqual(['tick', 'soon', 'tick', 'late'])
  clearInterval(every)
  jest.advanceTimersByTime(100)
  expect(said).toHaveLength(4)
  expect(jest.getTimerCount()).toBe(0)
})

test('Date moves with them', () => {
  expect([Date.now(), new Date().getTime()]).toEqual([1000, 1000])
  jest.advanceTimersByTime(500)
  expect(Date.now()).toBe(1500)
  jest.setSystemTime(new Date(5))
  expect(Date.now()).toBe(5)
  expect(new Date(7).getTime()).toBe(7)
  expect(new Date()).toBeInstanceOf(Date)
})

test('all of them, those that wait, and the next one', () => {
  const said = []
  const again = () => { said.push('again'); if (said.length < 3) setTimeout(again, 10) }
  setTimeout(again, 10)
  jest.runOnlyPendingTimers()
  expect(said).toHaveLength(1)
  jest.advanceTimersToNextTimer()
  expect(said).toHaveLength(2)
  jest.runAllTimers()
  expect(said).toHaveLength(3)
  setInterval(() => {}, 1)
  expect(() => jest.runAllTimers()).toThrow('for ever')
  jest.clearAllTimers()
  expect(jest.getTimerCount()).toBe(0)
})

test('promises go on between them', async () => {
  const said = []
  const wait = (ms) => new Promise((done) => setTimeout(done, ms))
  const work = (async () => { await wait(10); said.push(1); await wait(10); said.push(2) })()
  await jest.advanceTimersByTimeAsync(20)
  expect(said).toEqual([1, 2])
  await work
})

test('the real ones come back', async () => {
  jest.useRealTimers()
  const before = Date.now()
  await new Promise((done) => setTimeout(done, 60000))
  expect(Date.now() - before).toBe(60000)
  expect(() => jest.advanceTimersByTime(1)).toThrow('jest.useFakeTimers')
})
