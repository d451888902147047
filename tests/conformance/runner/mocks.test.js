// Rests on: Jest's documented mock functions and jest object.

describe('mock functions', () => {
  test('keep calls, contexts, instances, results and their order', () => {
    const f = jest.fn(function (n) { if (n > 1) throw new RangeError('too much'); return n })
    const g = jest.fn()
    const self = { f }
    self.f(1)
    g('x')
    expect(() => f(2)).toThrow(RangeError)
    expect(f.mock.calls).toEqual([[1], [2]])
    expect(f.mock.contexts[0]).toBe(self)
    expect(f.mock.results).toEqual([{ type: 'return', value: 1 }, { type: 'throw', value: expect.any(RangeError) }])
    expect(f.mock.lastCall).toEqual([2])
    const [[first, third], [second]] = [f.mock.invocationCallOrder, g.mock.invocationCallOrder]
    expect([second - first, third - second]).toEqual([1, 1])
  })

  test('answer as told, once before always', async () => {
    const f = jest.fn(() => 'own').mockReturnValueOnce(1).mockImplementationOnce(() => 2).mockResolvedValueOnce(3).mockRejectedValueOnce(new Error('no'))
    expect([f(), f()]).toEqual([1, 2])
    await expect(f()).resolves.toBe(3)
    await expect(f()).rejects.toThrow('no')
    expect(f()).toBe('own')
    expect(f.mockReturnValue('always')()).toBe('always')
    const self = { f: jest.fn().mockReturnThis() }
    expect(self.f()).toBe(self)
  })

  test('may be constructors', () => {
    const F = jest.fn(function (n) { this.n = n })
    const made = new F(5)
    expect(made).toBeInstanceOf(F)
    expect(made.n).toBe(5)
    expect(F.mock.instances[0]).toBe(made)
  })

  test('are cleared, reset, and lent another implementation', async () => {
    const f = jest.fn(() => 1)
    f.withImplementation(() => 2, () => expect(f()).toBe(2))
    await f.withImplementation(() => 3, async () => { await null; expect(f()).toBe(3) })
    expect(f()).toBe(1)
    expect(f.mockClear().mock.calls).toEqual([])
    expect(f()).toBe(1)
    expect(f.mockReset()()).toBe(undefined)
    expect(f.mockName('named').getMockName()).toBe('named')
    expect(jest.fn().getMockName()).toBe('jest.fn()')
    expect([jest.isMockFunction(f), jest.isMockFunction(() => {})]).toEqual([true, false])
  })

  test('have matchers for calls and results', () => {
    const f = jest.fn((n) => n * 2)
    f(1)
    f(2)
    expect(f).toHaveBeenCalledTimes(2)
    expect(f).toHaveBeenNthCalledWith(2, 2)
    expect(f).not.toHaveBeenNthCalledWith(3, undefined)
    expect(f).toHaveReturnedTimes(2)
    expect(f).toHaveLastReturnedWith(4)
    expect(f).toHaveNthReturnedWith(1, 2)
    expect(f).not.toHaveBeenCalledExactlyOnceWith(1)
    expect(f).toBeCalledWith(expect.any(Number))
    expect(() => expect(() => {}).toHaveBeenCalled()).toThrow('not a mock function')
  })
})

describe('spies', () => {
  const object = { n: 1, double(x) { return x * 2 }, get half() { return this.n / 2 }, set half(x) { this.n = x * 2 } }
  afterEach(() => { jest.restoreAllMocks() })

  test('call through, and are taken off', () => {
    const spy = jest.spyOn(object, 'double')
    expect(object.double(2)).toBe(4)
    expect(jest.spyOn(object, 'double')).toBe(spy)
    spy.mockReturnValue('mocked')
    expect(object.double(2)).toBe('mocked')
    spy.mockRestore()
    expect(object.double(2)).toBe(4)
  })

  test('are all taken off at once', () => {
    jest.spyOn(object, 'double').mockReturnValue(0)
    jest.replaceProperty(object, 'n', 10)
    expect([object.n, object.double(1)]).toEqual([10, 0])
    jest.restoreAllMocks()
    expect([object.n, object.double(1)]).toEqual([1, 2])
  })

  test('watch getters and setters', () => {
    const get = jest.spyOn(object, 'half', 'get').mockReturnValue('half')
    const set = jest.spyOn(object, 'half', 'set').mockImplementation(() => {})
    object.half = 8
    expect(object.half).toBe('half')
    expect(set).toHaveBeenCalledWith(8)
    expect(get).toHaveBeenCalledTimes(1)
    jest.restoreAllMocks()
    expect(object.half).toBe(0.5)
  })

  test('watch what the app calls', async () => {
    const spy = jest.spyOn(wx, 'getStorageSync').mockReturnValueOnce('mocked')
    expect([wx.getStorageSync('key'), wx.getStorageSync('key')]).toEqual(['mocked', ''])
    expect(spy.mock.calls).toEqual([['key'], ['key']])
  })

  test('refuse what is no method', () => {
    expect(() => jest.spyOn(object, 'missing')).toThrow('is not there')
    expect(() => jest.spyOn(object, 'n')).toThrow('is no function')
    expect(() => jest.spyOn(object, 'n', 'get')).toThrow('has no getter')
    expect(() => jest.spyOn(undefined, 'n')).toThrow('needs an object')
  })
})

test('what cannot be offered says what to do instead', () => {
  expect(() => jest.unmock('./module')).toThrow('jest.unmock is not offered')
  expect(() => jest.resetModules()).toThrow('jest.resetModules is not offered')
})
