// app: ../apps/plain
// Rests on: the ECMAScript standard (JSON.stringify).

describe('JSON.stringify', () => {
  const rows = [
    [null, 'null'],
    [true, 'true'],
    [-0, '0'],
    [0.1, '0.1'],
    [1e21, '1e+21'],
    [1e-7, '1e-7'],
    [123456789012345680000, '123456789012345680000'],
    [NaN, 'null'],
    [Infinity, 'null'],
    ['中"\\\n\u0001', '"中\\"\\\\\\n\\u0001"'],
    ['\u2028', '"\u2028"'],
    ['\b\f\r\t', '"\\b\\f\\r\\t"'],
    ['\ud83d\ude00', '"😀"'],
    ['\ud83d', '"\\ud83d"'],
    ['a\ude00', '"a\\ude00"'],
    [[], '[]'],
    [{}, '{}'],
    [[undefined, () => 1, Symbol('s')], '[null,null,null]'],
    [{ a: undefined, b: () => 1, c: Symbol('s'), d: 1 }, '{"d":1}'],
    [{ b: 1, 2: 1, a: 1, 1: 1 }, '{"1":1,"2":1,"b":1,"a":1}'],
    [new Date(0), '"1970-01-01T00:00:00.000Z"'],
    [new Date(NaN), 'null'],
    [[new Number(1), new String('s'), new Boolean(false)], '[1,"s",false]'],
    [new Map([[1, 2]]), '{}'],
    [/x/, '{}'],
    [new Error('x'), '{}'],
    [new Uint8Array([1, 2]), '{"0":1,"1":2}'],
    [[, 1], '[null,1]'],
    [Object.create({ inherited: 1 }), '{}'],
    [Object.create(null), '{}']
  ]
  for (const [value, expected] of rows) {
    test(expected, () => {
      expect(JSON.stringify(value)).toBe(expected)
    })
  }

  test('what has no text', () => {
    expect(JSON.stringify(undefined)).toBeUndefined()
    expect(JSON.stringify(() => 1)).toBeUndefined()
    expect(JSON.stringify(Symbol('s'))).toBeUndefined()
    expect(JSON.stringify()).toBeUndefined()
  })

  test('toJSON is asked, with the key', () => {
    const value = { toJSON: (key) => `key ${key}` }
    expect(JSON.stringify(value)).toBe('"key "')
    expect(JSON.stringify({ a: value, b: [value] })).toBe('{"a":"key a","b":["key 0"]}')
    expect(JSON.stringify({ toJSON: () => undefined })).toBeUndefined()
  })

  test('a replacer function: holder first, values may be replaced or dropped', () => {
    const keys = []
    const text = JSON.stringify({ a: 1, b: [2, 'x'], c: 3 }, function (key, value) {
      keys.push(key)
      if (key === 'c') {
        return undefined
      }
      return typeof value === 'number' ? value + 1 : value
    })
    expect(keys).toEqual(['', 'a', 'b', '0', '1', 'c'])
    expect(text).toBe('{"a":2,"b":[3,"x"]}')
  })

  test('a replacer list chooses and orders keys at every level', () => {
    expect(JSON.stringify({ a: 1, b: { a: 2, c: 3 }, 1: 4 }, ['b', 'a', 1, 'b'])).toBe('{"b":{"a":2},"a":1,"1":4}')
    expect(JSON.stringify({ a: 1 }, [])).toBe('{}')
  })

  test('indentation', () => {
    expect(JSON.stringify({ a: [1, {}], b: [] }, null, 2)).toBe('{\n  "a": [\n    1,\n    {}\n  ],\n  "b": []\n}')
    expect(JSON.stringify([1], null, '--')).toBe('[\n--1\n]')
    expect(JSON.stringify([1], null, 20)).toBe(JSON.stringify([1], null, 10))
    expect(JSON.stringify([1], null, 'abcdefghijklmn')).toBe('[\nabcdefghij1\n]')
    expect(JSON.stringify([1], null, 0)).toBe('[1]')
    expect(JSON.stringify([1], null, '')).toBe('[1]')
    expect(JSON.stringify([1], null, true)).toBe('[1]')
  })

  test('a circle is a TypeError', () => {
    const ring = { list: [] }
    ring.list.push(ring)
    expect(() => JSON.stringify(ring)).toThrow(TypeError)
    const twice = {}
    expect(JSON.stringify([twice, twice])).toBe('[{},{}]')
  })

  test('BigInt is a TypeError', () => {
    expect(() => JSON.stringify({ n: BigInt(1) })).toThrow(TypeError)
  })

  test('getters run, and what they throw comes out', () => {
    expect(JSON.stringify({ get a() { return 1 } })).toBe('{"a":1}')
    const failing = { get a() { throw new RangeError('getter') } }
    expect(() => JSON.stringify(failing)).toThrow(RangeError)
  })

  test('a proxy is looked through', () => {
    expect(JSON.stringify(new Proxy({ a: 1 }, {}))).toBe('{"a":1}')
    expect(JSON.stringify(new Proxy([1], {}))).toBe('[1]')
  })

  test('there and back', () => {
    const value = { text: '中文 "quoted"', list: [1, 2.5, null, [true]], deep: { a: { b: {} } } }
    expect(JSON.parse(JSON.stringify(value))).toEqual(value)
    expect(JSON[Symbol.toStringTag]).toBe('JSON')
  })
})
