// Rests on: Jest's documented matchers. Each row is a matcher that must hold and one that must not.

const fails = (run) => expect(run).toThrow()

describe('equality', () => {
  const cyclic = { a: 1 }
  cyclic.self = cyclic
  const cyclicToo = { a: 1 }
  cyclicToo.self = cyclicToo
  class Point {
    constructor(x) {
      this.x = x
    }
  }

  test.each([
    [1, 1],
    [NaN, NaN],
    ['a', 'a'],
    [null, null],
    [{ a: 1, b: { c: [1, 2] } }, { b: { c: [1, 2] }, a: 1 }],
    [{ a: undefined, b: 2 }, { b: 2 }],
    [[1, undefined], [1, undefined]],
    [new Date(5), new Date(5)],
    [/a/g, /a/g],
    [new Map([[1, { a: 1 }]]), new Map([[1, { a: 1 }]])],
    [new Set([1, { a: 1 }]), new Set([{ a: 1 }, 1])],
    [new Uint8Array([1, 2]), new Uint8Array([1, 2])],
    [new Uint8Array([1, 2]).buffer, new Uint8Array([1, 2]).buffer],
    [new Error('x'), new Error('x')],
    [new Point(1), { x: 1 }],
    [cyclic, cyclicToo],
  ])('toEqual %p %p', (a, b) => {
    expect(a).toEqual(b)
    fails(() => expect(a).not.toEqual(b))
  })

  test.each([
    [0, -0],
    [1, '1'],
    [null, undefined],
    [{ a: 1 }, { a: 2 }],
    [{ a: 1 }, { a: 1, b: 2 }],
    [[1, 2], [2, 1]],
    [[1], [1, 2]],
    [[], {}],
    [new Date(5), new Date(6)],
    [/a/g, /a/i],
    [new Map([[1, 2]]), new Map([[1, 3]])],
    [new Set([1]), new Set([2])],
    [new Uint8Array([1]), new Uint8Array([2])],
    [new Error('x'), new Error('y')],
  ])('not.toEqual %p %p', (a, b) => {
    expect(a).not.toEqual(b)
    fails(() => expect(a).toEqual(b))
  })

  test('toStrictEqual sees undefined properties and classes', () => {
    expect({ a: 1 }).toStrictEqual({ a: 1 })
    expect({ a: undefined, b: 2 }).not.toStrictEqual({ b: 2 })
    expect(new Point(1)).not.toStrictEqual({ x: 1 })
  })

  test('toBe is Object.is', () => {
    const a = {}
    expect(a).toBe(a)
    expect({}).not.toBe({})
    expect(0).not.toBe(-0)
  })

  test('toMatchObject', () => {
    expect({ a: 1, b: { c: 2, d: 3 } }).toMatchObject({ b: { c: 2 } })
    expect({ list: [{ a: 1, b: 2 }] }).toMatchObject({ list: [{ a: 1 }] })
    expect({ a: 1 }).not.toMatchObject({ a: 2 })
    expect({ list: [1, 2] }).not.toMatchObject({ list: [1] })
    expect({}).not.toMatchObject({ a: undefined })
  })
})

describe('asymmetric matchers', () => {
  test('match', () => {
    expect({ n: 1, s: 'text', o: {}, list: [1, 2], more: { a: 1, b: 2 } }).toEqual({
      n: expect.any(Number),
      s: expect.stringMatching(/^t/),
      o: expect.anything(),
      list: expect.arrayContaining([2]),
      more: expect.objectContaining({ a: 1 }),
    })
    expect(() => {}).toEqual(expect.any(Function))
    expect([]).toEqual(expect.any(Array))
    expect(0.1 + 0.2).toEqual(expect.closeTo(0.3))
  })

  test('do not match', () => {
    expect('1').not.toEqual(expect.any(Number))
    expect(null).not.toEqual(expect.anything())
    expect([1]).not.toEqual(expect.arrayContaining([2]))
    expect({ a: 1 }).toEqual(expect.not.objectContaining({ a: 2 }))
    expect('abc').toEqual(expect.not.stringContaining('d'))
  })
})

test('small matchers', () => {
  expect('team').toContain('ea')
  expect([1, NaN]).toContain(1)
  expect([{ a: 1 }]).toContainEqual({ a: 1 })
  expect([1, 2]).toHaveLength(2)
  expect({ a: { b: [5] } }).toHaveProperty('a.b[0]', 5)
  expect({ a: 1 }).not.toHaveProperty('b')
  expect(2).toBeGreaterThan(1)
  expect(2).toBeLessThanOrEqual(2)
  expect(0.1 + 0.2).toBeCloseTo(0.3)
  expect(new TypeError('x')).toBeInstanceOf(Error)
  expect('abc').toMatch(/b/)
  expect(undefined).toBeUndefined()
  expect(null).toBeNull()
  expect(NaN).toBeNaN()
  expect('').toBeFalsy()
})

test('toThrow', () => {
  const boom = () => {
    throw new TypeError('went boom')
  }
  expect(boom).toThrow()
  expect(boom).toThrow('boom')
  expect(boom).toThrow(/^went/)
  expect(boom).toThrow(TypeError)
  expect(boom).toThrow(new Error('went boom'))
  expect(boom).not.toThrow('bang')
  expect(() => {}).not.toThrow()
  fails(() => expect(() => {}).toThrow())
  fails(() => expect(boom).toThrow(RangeError))
})

test('resolves and rejects', async () => {
  await expect(Promise.resolve(1)).resolves.toBe(1)
  await expect(Promise.reject(new Error('no'))).rejects.toThrow('no')
  await expect(Promise.reject({ errMsg: 'x' })).rejects.toEqual({ errMsg: 'x' })
  await expect(Promise.resolve(1)).resolves.not.toBe(2)
  await expect(expect(Promise.resolve(1)).rejects.toBe(1)).rejects.toThrow('fulfilled')
})

describe('fn', () => {
  test('records calls and results', () => {
    const f = fn((a, b) => a + b)
    expect(f(1, 2)).toBe(3)
    f('x', { y: 1 })
    expect(f).toHaveBeenCalledTimes(2)
    expect(f).toHaveBeenCalledWith('x', { y: 1 })
    expect(f).toHaveBeenLastCalledWith('x', expect.any(Object))
    expect(f).toHaveBeenNthCalledWith(1, 1, 2)
    expect(f).toHaveReturnedWith(3)
    expect(f).not.toHaveBeenCalledWith(1)
    expect(fn()).not.toHaveBeenCalled()
  })

  test('answers as told', async () => {
    const f = fn().mockReturnValueOnce(1).mockReturnValue(2)
    expect([f(), f(), f()]).toEqual([1, 2, 2])
    await expect(fn().mockResolvedValue(3)()).resolves.toBe(3)
    const g = fn(() => {
      throw new Error('no')
    })
    expect(g).toThrow('no')
    expect(g.mock.results[0].type).toBe('throw')
  })

  test('spyOn watches a method and can be taken off', () => {
    const object = { double: (n) => n * 2 }
    const spy = spyOn(object, 'double')
    expect(object.double(2)).toBe(4)
    expect(spy).toHaveBeenCalledWith(2)
    spy.mockRestore()
    object.double(3)
    expect(spy).not.toHaveBeenCalled()
  })
})
