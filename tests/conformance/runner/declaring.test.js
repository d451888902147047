// Rests on: Jest's documented ways to declare tests: tables, tagged templates, failing, only within a block, retries.

describe.each`
  a    | b    | sum
  ${1} | ${1} | ${2}
  ${2} | ${3} | ${5}
`('$a + $b', ({ a, b, sum }) => {
  test(`is ${sum}`, () => { expect(a + b).toBe(sum) })
})

test.each([['done', 1]])('%s may follow the values of a row', (word, n, done) => {
  expect([word, n]).toEqual(['done', 1])
  setTimeout(done, 5)
})

test.each([{ user: { name: 'Ann' } }])('$user.name has a name and is number $#', ({ user }) => {
  expect(user.name).toBe('Ann')
})

test('a table that is empty or does not fit is refused', () => {
  expect(() => test.each([])('none', () => {})).toThrow('empty table')
  expect(() => test.each`a | b
    ${1}`('short', () => {})).toThrow('no multiple')
})

test.failing('has to fail', () => { expect(1).toBe(2) })
test.failing.each([[1], [2]])('%i has to fail', (n) => { expect(n).toBe(0) })

let tries = 0
test('is tried again', { retry: 2 }, () => { expect(++tries).toBe(3) })

test.concurrent('runs as any other', async () => { expect(await Promise.resolve(1)).toBe(1) })
test.skipIf(true)('is not run', () => { throw new Error('ran') })
test.runIf(true)('is run', () => {})
xit('is not run either', () => { throw new Error('ran') })

describe('hooks', () => {
  let ready
  beforeAll((done) => { setTimeout(() => { ready = true; done() }, 1000) })
  it('are waited for', () => { expect(ready).toBe(true) })
})

test('declarations that mean nothing are refused', () => {
  expect(() => test('without a function')).toThrow('needs a function')
  expect(() => beforeEach()).toThrow('needs a function')
})

describe('matchers of the test', () => {
  expect.extend({
    toBeWithin(received, low, high) {
      const pass = received >= low && received <= high
      return { pass, message: () => `expected ${this.utils.printReceived(received)} ${this.isNot ? 'not ' : ''}within ${low} and ${high}` }
    },
    async toResolveTo(received, wanted) {
      return { pass: this.equals(await received, wanted), message: () => 'resolved to something else' }
    },
  })

  test('say what they want to say', async () => {
    expect(3).toBeWithin(1, 5)
    expect(() => expect(9).toBeWithin(1, 5)).toThrow('expected 9 within 1 and 5')
    expect(() => expect(3).not.toBeWithin(1, 5)).toThrow('expected 3 not within 1 and 5')
    await expect(Promise.resolve({ a: 1 })).toResolveTo({ a: 1 })
    await expect(expect(Promise.resolve(1)).toResolveTo(2)).rejects.toThrow('something else')
    expect({ n: 2 }).toEqual({ n: expect.toBeWithin(1, 3) })
    expect({ n: 2 }).toEqual({ n: expect.not.toBeWithin(3, 4) })
  })

  test('may make other things equal', () => {
    expect.addEqualityTesters([(a, b) => (a && b && a.meters && b.meters ? a.meters === b.meters : undefined)])
    expect({ at: { meters: 5, name: 'a' } }).toEqual({ at: { meters: 5, name: 'b' } })
  })
})
