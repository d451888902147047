// app: ../apps/plain
// Rests on: the ECMAScript standard (JSON.parse).

const refused = (text) => {
  try {
    JSON.parse(text)
  } catch (error) {
    return error instanceof SyntaxError
  }
  return false
}

describe('JSON.parse', () => {
  const rows = [
    ['null', null],
    ['true', true],
    ['-0.5e1', -5],
    ['1E2', 100],
    ['"a"', 'a'],
    ['[]', []],
    ['{}', {}],
    [' \t\n\r[1 , 2 ]\n', [1, 2]],
    ['{"a":{"b":[1,{"c":null}]}}', { a: { b: [1, { c: null }] } }],
    ['"\\u4e2d\\n\\/\\"\\\\"', '中\n/"\\'],
    ['"\\ud83d\\ude00"', '😀'],
    ['"\u2028"', '\u2028'],
    ['{"":1}', { '': 1 }],
    ['{"a":1,"a":2}', { a: 2 }],
    ['12345678901234567890', 12345678901234567890],
    ['0.1', 0.1],
    ['5e-324', 5e-324],
    ['123456789.123456789', 123456789.123456789],
    ['9007199254740993', 9007199254740992]
  ]
  for (const [text, expected] of rows) {
    test(text, () => {
      expect(JSON.parse(text)).toEqual(expected)
    })
  }

  test('the edges of numbers', () => {
    expect(Object.is(JSON.parse('-0'), -0)).toBe(true)
    expect(JSON.parse('1e400')).toBe(Infinity)
    expect(JSON.parse('-1e400')).toBe(-Infinity)
    expect(JSON.parse('1e-400')).toBe(0)
  })

  test('lone surrogates are kept', () => {
    expect(JSON.parse('"\\ud83d"').charCodeAt(0)).toBe(0xd83d)
    expect(JSON.parse('"\\ude00x"').length).toBe(2)
    expect(JSON.parse('"\ud83d"').charCodeAt(0)).toBe(0xd83d)
  })

  const wrong = [
    '', ' ', '{', '[1,]', '{"a":1,}', "{'a':1}", '{a:1}', '01', '1.', '.5', '+1', '0x1', 'NaN', 'undefined', 'tru',
    '"\n"', '"\\x41"', '"\\u12"', '1 2', '[1 2]', '"a', '\ufeff1', '\u00a01', '// c\n1', '--1', '{"a"}', ']'
  ]
  for (const text of wrong) {
    test(`${JSON.stringify(text)} is a SyntaxError`, () => {
      expect(refused(text)).toBe(true)
    })
  }

  test('the argument is made a text', () => {
    expect(JSON.parse(null)).toBe(null)
    expect(JSON.parse(12)).toBe(12)
    expect(JSON.parse(['[1]'])).toEqual([1])
    expect(JSON.parse({ toString: () => '{"a":1}' })).toEqual({ a: 1 })
    expect(refused(undefined)).toBe(true)
    expect(refused({})).toBe(true)
  })

  test('__proto__ is a property like any other', () => {
    const value = JSON.parse('{"__proto__":{"polluted":true}}')
    expect(Object.keys(value)).toEqual(['__proto__'])
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect({}.polluted).toBeUndefined()
  })

  test('the order of keys: array indices first, the rest as written', () => {
    expect(Object.keys(JSON.parse('{"b":1,"2":1,"a":1,"1":1,"01":1}'))).toEqual(['1', '2', 'b', 'a', '01'])
  })

  test('values are ordinary objects and arrays', () => {
    const value = JSON.parse('{"list":[1]}')
    expect(value.constructor).toBe(Object)
    expect(Array.isArray(value.list)).toBe(true)
    value.list.push(2)
    value.more = true
    expect(value).toEqual({ list: [1, 2], more: true })
    expect(value.hasOwnProperty('list')).toBe(true)
  })

  test('a reviver sees inner values first, with their holder as this', () => {
    const seen = []
    const value = JSON.parse('{"a":[1,2],"b":{"c":3},"d":4}', function (key, value) {
      seen.push(key)
      if (key === 'd') {
        return undefined
      }
      return typeof value === 'number' ? value * this[key] : value
    })
    expect(seen).toEqual(['0', '1', 'a', 'c', 'b', 'd', ''])
    expect(value).toEqual({ a: [1, 4], b: { c: 9 } })
  })

  test('deep and wide', () => {
    const depth = 400
    let value = JSON.parse('['.repeat(depth) + ']'.repeat(depth))
    let levels = 0
    while (value) {
      value = value[0]
      levels += 1
    }
    expect(levels).toBe(depth)
    const wide = JSON.parse(`[${Array.from({ length: 5000 }, (_, i) => `{"id":${i}}`).join()}]`)
    expect(wide.length).toBe(5000)
    expect(wide[4999].id).toBe(4999)
  })
})
