// app: fixtures/apps/notes/1.0.0
// Rests on: Jest's documentation of jest.mock. Here it is not moved to the head of the file, and what runs already stays.
jest.mock('./__fixtures__/circle', () => ({ name: 'mocked' }))
jest.mock('./__fixtures__/plain')
const counter = require('./__fixtures__/counter')
const plain = require('./__fixtures__/plain')

test('a module is what the factory gives, for whoever requires it', () => {
  expect(require('./__fixtures__/circle')).toEqual({ name: 'mocked' })
  expect(counter.circle()).toBe('mocked')
})

test('without a factory its functions are mock functions', () => {
  expect(plain.load()).toBeUndefined()
  expect(plain.load).toHaveBeenCalledTimes(1)
  expect(plain.limit).toBe(3)
  plain.inner.save.mockReturnValue(7)
  expect(plain.inner.save()).toBe(7)
})

test("one of the app's modules that nothing has loaded yet", () => {
  jest.mock('../../../fixtures/apps/notes/1.0.0/services/draft', () => 'mocked')
  expect(require('./services/draft')).toBe('mocked')
})

test('what runs already is refused with what to do instead', () => {
  expect(() => jest.mock('./app')).toThrow("jest.mock('./app') comes too late")
  expect(() => jest.mock('./__fixtures__/counter')).toThrow("spyOn(require('./__fixtures__/counter'), 'name')")
  expect(() => jest.mock('./__fixtures__/none')).toThrow('it is neither beside')
  jest.spyOn(counter, 'count').mockReturnValue(5)
  expect(require('./__fixtures__/counter').count()).toBe(5)
})
