// app: ../apps/plain
// Rests on: toLocaleString and its kin as V8 prints them for the two locales that apps name most. White space inside
// a result is compared as a plain space, since newer locale data writes a narrow one.

const plain = (text) => text.replace(/\s/g, ' ')
const at = new Date(2024, 0, 2, 15, 4, 5)

describe('Number.prototype.toLocaleString', () => {
  const rows = [
    [1234567.891, [], '1,234,567.891'],
    [0, [], '0'],
    [-1234.5, [], '-1,234.5'],
    [999, [], '999'],
    [1000, [], '1,000'],
    [0.12345, [], '0.123'],
    [1e21, [], '1,000,000,000,000,000,000,000'],
    [NaN, ['en-US'], 'NaN'],
    [Infinity, ['en-US'], '∞'],
    [1234.5, ['zh-CN'], '1,234.5'],
    [1234.5, ['en-US', { minimumFractionDigits: 2 }], '1,234.50'],
    [1234.567, ['en-US', { maximumFractionDigits: 1 }], '1,234.6'],
    [1234.5, ['en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 }], '1,234.50'],
    [1234.5, ['en-US', { maximumFractionDigits: 0 }], '1,235'],
    [1234.5, ['en-US', { useGrouping: false }], '1234.5'],
    [7, ['en-US', { minimumIntegerDigits: 2 }], '07'],
    [0.256, ['en-US', { style: 'percent' }], '26%'],
    [1234.5, ['en-US', { style: 'currency', currency: 'USD' }], '$1,234.50'],
    [1234.5, ['zh-CN', { style: 'currency', currency: 'CNY' }], '¥1,234.50']
  ]
  for (const [value, args, expected] of rows) {
    test(`${value} ${JSON.stringify(args)} is ${expected}`, () => {
      expect(value.toLocaleString(...args)).toBe(expected)
    })
  }
})

describe('Date.prototype.toLocale…String', () => {
  const rows = [
    ['toLocaleDateString', ['zh-CN'], '2024/1/2'],
    ['toLocaleDateString', ['en-US'], '1/2/2024'],
    ['toLocaleTimeString', ['zh-CN'], '15:04:05'],
    ['toLocaleTimeString', ['en-US'], '3:04:05 PM'],
    ['toLocaleString', ['zh-CN'], '2024/1/2 15:04:05'],
    ['toLocaleString', ['en-US'], '1/2/2024, 3:04:05 PM'],
    ['toLocaleTimeString', ['en-US', { hour12: false }], '15:04:05'],
    ['toLocaleTimeString', ['zh-CN', { hour: '2-digit', minute: '2-digit' }], '15:04'],
    ['toLocaleDateString', ['zh-CN', { year: 'numeric', month: '2-digit', day: '2-digit' }], '2024/01/02'],
    ['toLocaleDateString', ['zh-CN', { year: 'numeric', month: 'long', day: 'numeric' }], '2024年1月2日'],
    ['toLocaleDateString', ['en-US', { year: 'numeric', month: 'short', day: 'numeric' }], 'Jan 2, 2024']
  ]
  for (const [method, args, expected] of rows) {
    test(`${method} ${JSON.stringify(args)} is ${expected}`, () => {
      expect(plain(at[method](...args))).toBe(expected)
    })
  }

  test('without a locale it is a text with the year', () => {
    for (const method of ['toLocaleString', 'toLocaleDateString']) {
      expect(at[method]()).toContain('2024')
    }
    expect(at.toLocaleTimeString()).toContain('04:05')
  })

  test('of no date it says so', () => {
    expect(new Date(NaN).toLocaleString()).toBe('Invalid Date')
  })
})

describe('the other locale methods', () => {
  test('of texts', () => {
    expect(['b', 'a', 'c'].sort((x, y) => x.localeCompare(y))).toEqual(['a', 'b', 'c'])
    expect('a'.localeCompare('a')).toBe(0)
    expect('é'.toLocaleUpperCase()).toBe('É')
    expect('ABC'.toLocaleLowerCase()).toBe('abc')
  })

  test('of arrays', () => {
    expect([1234, 'x', null].toLocaleString()).toBe('1,234,x,')
  })
})
