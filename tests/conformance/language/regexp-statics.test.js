// app: ../apps/plain
// Rests on: the static properties that every browser's RegExp has of the last match ($1 to $9, lastMatch, ...).

describe('RegExp.$1 and its kin', () => {
  test('after exec', () => {
    ;/(\d+)-(\d+)/.exec('call 12-345 now')
    expect(RegExp.$1).toBe('12')
    expect(RegExp.$2).toBe('345')
    expect(RegExp.$3).toBe('')
  })

  test('after test', () => {
    expect(/^(\w+)=(\w*)$/.test('name=')).toBe(true)
    expect(RegExp.$1).toBe('name')
    expect(RegExp.$2).toBe('')
  })

  test('after match, replace, split and search', () => {
    'a1b2'.match(/([a-z])(\d)/)
    expect(RegExp.$1 + RegExp.$2).toBe('a1')
    'y-M-d'.replace(/(M)-(d)/, 'x')
    expect(RegExp.$2).toBe('d')
    'k=v'.search(/(v)/)
    expect(RegExp.$1).toBe('v')
  })

  test('inside a replacer', () => {
    const seen = []
    'a1 b2'.replace(/([a-z])(\d)/g, () => {
      seen.push(RegExp.$1)
      return ''
    })
    expect(seen.length).toBe(2)
  })

  test('a date formatter as it stands in many apps', () => {
    const format = (date, pattern) => {
      const parts = { 'M+': date.getMonth() + 1, 'd+': date.getDate(), 'h+': date.getHours() }
      if (/(y+)/.test(pattern)) {
        pattern = pattern.replace(RegExp.$1, String(date.getFullYear()).substr(4 - RegExp.$1.length))
      }
      for (const key in parts) {
        if (new RegExp('(' + key + ')').test(pattern)) {
          const value = String(parts[key])
          pattern = pattern.replace(RegExp.$1, RegExp.$1.length === 1 ? value : ('00' + value).substr(value.length))
        }
      }
      return pattern
    }
    expect(format(new Date(2024, 0, 2, 13), 'yyyy-MM-dd hh')).toBe('2024-01-02 13')
    expect(format(new Date(2024, 10, 12, 3), 'yy/M/d h')).toBe('24/11/12 3')
  })

  test('a match that fails leaves them as they were', () => {
    ;/(keep)/.test('keep')
    ;/(lose)/.test('none')
    expect(RegExp.$1).toBe('keep')
  })

  test('a group that took no part is empty', () => {
    ;/(a)|(b)/.test('b')
    expect(RegExp.$1).toBe('')
    expect(RegExp.$2).toBe('b')
  })

  test('the whole match and what is around it', () => {
    ;/b+/.exec('aabbcc')
    expect(RegExp.lastMatch).toBe('bb')
    expect(RegExp['$&']).toBe('bb')
    expect(RegExp.leftContext).toBe('aa')
    expect(RegExp.rightContext).toBe('cc')
  })

  test('nine groups', () => {
    ;/(.)(.)(.)(.)(.)(.)(.)(.)(.)/.test('123456789')
    expect([RegExp.$1, RegExp.$5, RegExp.$9]).toEqual(['1', '5', '9'])
  })

  test('they are not enumerable', () => {
    expect(Object.keys(RegExp)).toEqual([])
  })

  test('exec itself is as it was', () => {
    const pattern = /(?<word>o)/g
    const match = pattern.exec('foo')
    expect(match.index).toBe(1)
    expect(match.groups.word).toBe('o')
    expect(pattern.lastIndex).toBe(2)
    expect(RegExp.prototype.exec.name).toBe('exec')
    expect(RegExp.prototype.exec.length).toBe(1)
    expect('aXbX'.replace(/X/g, (m, at) => at)).toBe('a1b3')
    expect('a,b;c'.split(/[,;]/)).toEqual(['a', 'b', 'c'])
  })
})
