// app: ../apps/plain
// Rests on: the language features that public apps use, each used once.

describe('syntax', () => {
  test('destructuring, defaults, spread and rest', () => {
    const { a, b: { c = 3, ...d } = {} } = { a: 1, b: { e: 5 } }
    expect([a, c, d]).toEqual([1, 3, { e: 5 }])
    const { g, ...rest } = { f: 6, g: 7 }
    expect([g, rest]).toEqual([7, { f: 6 }])
    const join = (first, second = first, ...others) => [first, second, ...others].join()
    expect(join(1)).toBe('1,1')
    expect(join(...[1, 2, 3])).toBe('1,2,3')
    const [x, , y = 9, ...z] = 'abcd'
    expect([x, y, z]).toEqual(['a', 'c', ['d']])
  })

  test('optional chaining, nullish, exponent, logical assignment, separators', () => {
    const value = { list: [1], f: () => 2 }
    expect([value?.list?.[0], value.none?.deep.er, value.f?.(), value.g?.()]).toEqual([1, undefined, 2, undefined])
    expect([null ?? 1, 0 ?? 1, 2 ** 10, 1_000]).toEqual([1, 0, 1024, 1000])
    let empty = null
    empty ??= 4
    empty &&= 5
    expect(empty).toBe(5)
  })

  test('classes: fields, statics, accessors, inheritance', () => {
    class Base {
      static made = 0
      #secret = 1
      field = this.constructor.name
      constructor() {
        Base.made += 1
      }
      get secret() {
        return this.#secret
      }
      set secret(value) {
        this.#secret = value
      }
      static create() {
        return new this()
      }
    }
    class Derived extends Base {
      get secret() {
        return super.secret * 10
      }
    }
    const derived = Derived.create()
    expect([derived.secret, derived.field, Base.made, derived instanceof Base]).toEqual([10, 'Derived', 1, true])
  })

  test('generators and iterators', () => {
    function* numbers(limit) {
      const sent = yield 0
      yield* [sent, limit]
      return 'end'
    }
    const it = numbers(7)
    expect([it.next(), it.next('sent'), it.next(), it.next()].map(({ value }) => value)).toEqual([0, 'sent', 7, 'end'])
    expect([...new Map([[1, 2]])]).toEqual([[1, 2]])
  })

  test('labels, switch, comma, for-in, getters in literals, tagged templates', () => {
    let count = 0
    outer: for (let i = 0; i < 3; i += 1) {
      for (let j = 0; j < 3; j += 1) {
        if (j === 1) continue outer
        if (i === 2) break outer
        count += 1
      }
    }
    expect(count).toBe(2)
    const keys = []
    for (const key in { a: 1, get b() { return 2 }, ['c' + 1]: 3 }) keys.push(key)
    expect(keys).toEqual(['a', 'b', 'c1'])
    const tag = (texts, ...values) => texts.raw.join('|') + values.join()
    expect(tag`a${1}\n${2}`).toBe('a|\\n|1,2')
  })

  test('regular expressions: named groups, lookbehind, sticky, unicode, dotAll', () => {
    expect('2024-01'.match(/(?<year>\d+)-(?<month>\d+)/).groups.month).toBe('01')
    expect('¥12 $34'.match(/(?<=\$)\d+/)[0]).toBe('34')
    expect(/^.$/u.test('😀')).toBe(true)
    expect(/a.b/s.test('a\nb')).toBe(true)
    expect('1234567.00'.replace(/\B(?=(\d{3})+(?=\.))/g, ',')).toBe('1,234,567.00')
    expect([...'a1b2'.matchAll(/[a-z](\d)/g)].map((match) => match[1])).toEqual(['1', '2'])
  })
})

describe('the library', () => {
  test('arrays', () => {
    expect([3, 1, 2].sort()).toEqual([1, 2, 3])
    expect([1, [2, [3]]].flat(Infinity)).toEqual([1, 2, 3])
    expect([1, 2].flatMap((n) => [n, n])).toEqual([1, 1, 2, 2])
    expect([1, 2, 3].at(-1)).toBe(3)
    expect([1, 2, 3].findLast((n) => n < 3)).toBe(2)
    expect(Array.from({ length: 2 }, (_, i) => i)).toEqual([0, 1])
    const rows = Array.from({ length: 200 }, (_, i) => ({ key: i % 3, i }))
    rows.sort((a, b) => a.key - b.key)
    expect(rows.every((row, n) => n === 0 || rows[n - 1].key < row.key || rows[n - 1].i < row.i)).toBe(true)
  })

  test('objects, maps, sets, symbols, proxies', () => {
    expect(Object.fromEntries(Object.entries({ a: 1 }))).toEqual({ a: 1 })
    expect(Object.assign({}, { a: 1 }, null, { b: 2 })).toEqual({ a: 1, b: 2 })
    expect(new Set([1, 1, 2]).size).toBe(2)
    const weak = new WeakMap()
    const key = {}
    expect(weak.set(key, 1).get(key)).toBe(1)
    const log = []
    const proxy = new Proxy({}, { get: (_, name) => (log.push(name), name), has: () => true, set: () => true })
    proxy.x = 1
    expect([proxy.x, 'y' in proxy, log]).toEqual(['x', true, ['x']])
    expect(Reflect.ownKeys({ b: 1, [Symbol.iterator]: 1 }).length).toBe(2)
    expect(Symbol.for('k') === Symbol.for('k')).toBe(true)
  })

  test('texts and numbers', () => {
    expect(['7'.padStart(2, '0'), ' x '.trim(), 'a-a'.replaceAll('a', 'b'), 'abc'.substr(-2, 1)]).toEqual(['07', 'x', 'b-b', 'b'])
    expect([(1.005).toFixed(1), (255).toString(16), Number('0x1f'), parseInt('12px', 10)]).toEqual(['1.0', 'ff', 31, 12])
    expect([Number.isInteger(5), Math.trunc(-1.5), Math.hypot(3, 4), Math.sign(-3)]).toEqual([true, -1, 5, -1])
    expect('中文'.normalize('NFC').codePointAt(0)).toBe(0x4e2d)
  })

  test('escape, encodeURIComponent and their inverses', () => {
    expect([escape('中 a'), unescape('%u4E2D%20a')]).toEqual(['%u4E2D%20a', '中 a'])
    expect(decodeURIComponent(encodeURIComponent('a b&中'))).toBe('a b&中')
    expect(unescape(encodeURIComponent('中')).length).toBe(3)
  })

  test('typed arrays and DataView', () => {
    const view = new DataView(new ArrayBuffer(8))
    view.setFloat32(0, 1.5, true)
    expect(view.getFloat32(0, true)).toBe(1.5)
    expect(Array.from(new Uint8ClampedArray([300, -1]))).toEqual([255, 0])
    expect(new Uint8Array([1, 2, 3]).slice(1).length).toBe(2)
  })

  test('arguments, call, apply, bind', () => {
    function sum() {
      return Array.prototype.slice.call(arguments).reduce((a, b) => a + b, 0)
    }
    expect([sum(1, 2), sum.apply(null, [1, 2, 3]), sum.bind(null, 4)(5)]).toEqual([3, 6, 9])
  })
})
