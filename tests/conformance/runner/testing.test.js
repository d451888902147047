// Rests on: Jest's documented order of hooks and its table tests.

const order = []

describe('hooks', () => {
  beforeAll(() => order.push('beforeAll'))
  beforeEach(() => order.push('beforeEach'))
  afterEach(() => order.push('afterEach'))
  afterAll(() => order.push('afterAll'))

  test('first', () => order.push('first'))

  describe('inner', () => {
    beforeEach(() => order.push('inner beforeEach'))
    afterEach(() => order.push('inner afterEach'))
    test('second', async () => {
      await null
      order.push('second')
    })
  })
})

test('run in this order', () => {
  expect(order).toEqual([
    'beforeAll',
    'beforeEach',
    'first',
    'afterEach',
    'beforeEach',
    'inner beforeEach',
    'second',
    'inner afterEach',
    'afterEach',
    'afterAll',
  ])
})

test.each([
  [1, 1, 2],
  [2, 3, 5],
])('%i + %i = %i', (a, b, sum) => expect(a + b).toBe(sum))

test.each([{ word: 'a', length: 1 }])('$word has length $length', ({ word, length }) => {
  expect(word).toHaveLength(length)
})

test('a test may take a done callback', (done) => {
  setTimeout(() => {
    expect(1).toBe(1)
    done()
  }, 10)
})

test('timers run in the world\'s time', async () => {
  const start = Date.now()
  await new Promise((resolve) => setTimeout(resolve, 4000))
  expect(Date.now() - start).toBeGreaterThanOrEqual(4000)
})

test('assertions are counted', async () => {
  expect.assertions(2)
  expect(1).toBe(1)
  await expect(Promise.resolve(1)).resolves.toBe(1)
})

describe.skip('skipped', () => {
  test('never runs', () => {
    throw new Error('ran')
  })
})

test.todo('to be written')
