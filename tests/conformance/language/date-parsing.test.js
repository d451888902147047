// app: ../apps/plain
// Rests on: what V8 and JavaScriptCore accept, which is more than the standard: dates with slashes, with a space
// instead of "T", with one digit. A date alone with dashes is UTC, everything else without a zone is local time.

const local = (...parts) => new Date(...parts).getTime()

describe('Date: texts', () => {
  const rows = [
    // Slashes: local time.
    ['2024/01/02', local(2024, 0, 2)],
    ['2024/1/2', local(2024, 0, 2)],
    ['2024/12/31', local(2024, 11, 31)],
    ['2024/01/02 03:04', local(2024, 0, 2, 3, 4)],
    ['2024/01/02 03:04:05', local(2024, 0, 2, 3, 4, 5)],
    ['2024/1/2 3:4:5', local(2024, 0, 2, 3, 4, 5)],
    ['2024/01/02 23:59:59', local(2024, 0, 2, 23, 59, 59)],
    ['2024/01/02 03:04:05.678', local(2024, 0, 2, 3, 4, 5, 678)],
    ['2024/01/02 3:04 PM', local(2024, 0, 2, 15, 4)],
    ['2024/02/29', local(2024, 1, 29)],
    ['01/02/2024', local(2024, 0, 2)],
    ['1/2/2024 03:04', local(2024, 0, 2, 3, 4)],
    // Dashes with a space: local time.
    ['2024-01-02 03:04', local(2024, 0, 2, 3, 4)],
    ['2024-01-02 03:04:05', local(2024, 0, 2, 3, 4, 5)],
    ['2024-01-02 03:04:05.678', local(2024, 0, 2, 3, 4, 5, 678)],
    ['2024-1-2', local(2024, 0, 2)],
    ['2024-1-2 3:4:5', local(2024, 0, 2, 3, 4, 5)],
    // The standard's own format.
    ['2024', Date.UTC(2024, 0)],
    ['2024-03', Date.UTC(2024, 2)],
    ['2024-01-02', Date.UTC(2024, 0, 2)],
    ['2024-01-02T03:04', local(2024, 0, 2, 3, 4)],
    ['2024-01-02T03:04:05', local(2024, 0, 2, 3, 4, 5)],
    ['2024-01-02T03:04:05Z', Date.UTC(2024, 0, 2, 3, 4, 5)],
    ['2024-01-02T03:04:05.678Z', Date.UTC(2024, 0, 2, 3, 4, 5, 678)],
    ['2024-01-02T03:04:05+08:00', Date.UTC(2024, 0, 1, 19, 4, 5)],
    ['2024-01-02T24:00:00Z', Date.UTC(2024, 0, 3)],
    // With a zone.
    ['2024/01/02 03:04:05 GMT', Date.UTC(2024, 0, 2, 3, 4, 5)],
    ['2024/01/02 03:04:05 GMT+0800', Date.UTC(2024, 0, 1, 19, 4, 5)],
    ['2024/01/02 03:04:05 +0800', Date.UTC(2024, 0, 1, 19, 4, 5)],
    ['2024-01-02 03:04:05Z', Date.UTC(2024, 0, 2, 3, 4, 5)],
    ['2024-01-02 03:04:05+08:00', Date.UTC(2024, 0, 1, 19, 4, 5)],
    // With month names.
    ['Jan 2, 2024', local(2024, 0, 2)],
    ['January 2, 2024 03:04:05', local(2024, 0, 2, 3, 4, 5)],
    ['2 Jan 2024', local(2024, 0, 2)],
    ['Tue Jan 02 2024', local(2024, 0, 2)],
    ['Tue, 02 Jan 2024 03:04:05 GMT', Date.UTC(2024, 0, 2, 3, 4, 5)],
    ['Tue Jan 02 2024 03:04:05 GMT+0800 (China Standard Time)', Date.UTC(2024, 0, 1, 19, 4, 5)]
  ]
  for (const [text, expected] of rows) {
    test(text, () => {
      expect(new Date(text).getTime()).toBe(expected)
      expect(Date.parse(text)).toBe(expected)
    })
  }

  for (const text of ['', 'hello', '2024/13/01', '2024-13-01', '2024-01-02T', '2024/01/02 25:00', '::', 'NaN', 'null']) {
    test(`${JSON.stringify(text)} is no date`, () => {
      expect(Number.isNaN(new Date(text).getTime())).toBe(true)
      expect(Number.isNaN(Date.parse(text))).toBe(true)
    })
  }
})

describe('Date: everything else about it is untouched', () => {
  test('a date survives its own texts', () => {
    const date = new Date(2024, 5, 7, 8, 9, 10)
    expect(new Date(date.toString()).getTime()).toBe(date.getTime())
    expect(new Date(date.toUTCString()).getTime()).toBe(date.getTime())
    expect(new Date(date.toISOString()).getTime()).toBe(date.getTime())
    expect(new Date(date).getTime()).toBe(date.getTime())
  })

  test('numbers, parts, nothing', () => {
    expect(new Date(0).toISOString()).toBe('1970-01-01T00:00:00.000Z')
    expect(new Date(99, 0).getFullYear()).toBe(1999)
    expect(new Date(2024, 0, 31, 24).getDate()).toBe(1)
    expect(new Date(null).getTime()).toBe(0)
    expect(Number.isNaN(new Date(undefined).getTime())).toBe(true)
    expect(Math.abs(new Date().getTime() - Date.now()) < 1000).toBe(true)
    expect(new Date(8.64e15 + 1).getTime()).toBe(NaN)
  })

  test('an object is turned into a primitive once', () => {
    let asked = 0
    const value = {
      [Symbol.toPrimitive]() {
        asked += 1
        return '2024/01/02'
      }
    }
    expect(new Date(value).getTime()).toBe(local(2024, 0, 2))
    expect(asked).toBe(1)
  })

  test('called without new it is a text', () => {
    expect(typeof Date()).toBe('string')
    expect(typeof Date(2024, 0)).toBe('string')
  })

  test('its shape', () => {
    expect(Date.name).toBe('Date')
    expect(Date.length).toBe(7)
    expect(Date.prototype.constructor).toBe(Date)
    expect(new Date(0).constructor).toBe(Date)
    expect(new Date(0) instanceof Date).toBe(true)
    expect(Object.prototype.toString.call(new Date(0))).toBe('[object Date]')
    expect(Object.keys(Date)).toEqual([])
    expect(typeof Date.UTC).toBe('function')
  })

  test('it may be extended', () => {
    class Day extends Date {
      get iso() {
        return this.toISOString().slice(0, 10)
      }
    }
    const day = new Day('2024-01-02')
    expect(day.iso).toBe('2024-01-02')
    expect(day instanceof Day).toBe(true)
    expect(day instanceof Date).toBe(true)
    expect(new Day('2024/01/02 12:00').getTime()).toBe(local(2024, 0, 2, 12))
  })

  test('JSON and comparison', () => {
    expect(JSON.stringify({ at: new Date(0) })).toBe('{"at":"1970-01-01T00:00:00.000Z"}')
    expect(new Date('2024/01/02') < new Date('2024/01/03')).toBe(true)
    expect(new Date('2024/01/03') - new Date('2024/01/02')).toBe(24 * 60 * 60 * 1000)
  })
})
