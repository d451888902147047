// app: ../apps/modules
// Rests on: modules are cached by path; a cycle sees what has been exported so far; a module that threw may be
// required again and is then evaluated again.

const fromLib = require('lib/from')
const fromDeep = require('lib/deep/from')
const { evaluated } = getApp().globalData

describe('require: one evaluation', () => {
  test('every spelling gives the same module', () => {
    const first = fromLib('./counted')
    expect(fromLib('counted.js')).toBe(first)
    expect(fromDeep('../counted')).toBe(first)
    expect(fromDeep('/lib/counted')).toBe(first)
    expect(fromDeep('@lib/counted')).toBe(first)
    expect(require('lib/counted').token).toBe(first.token)
    expect(evaluated['lib/counted.js']).toBe(1)
  })

  test('a module that throws is evaluated again', () => {
    for (const time of [1, 2]) {
      let error
      try {
        fromLib('./throws')
      } catch (caught) {
        error = caught
      }
      expect(error instanceof RangeError).toBe(true)
      expect(error.message).toBe(`evaluation ${time}`)
    }
    expect(fromLib('./throws')).toEqual({ partial: true, whole: true })
    expect(fromLib('./throws').whole).toBe(true)
    expect(evaluated['lib/throws.js']).toBe(3)
  })
})

describe('require: cycles', () => {
  test('the second module sees the first as far as it has come', () => {
    const a = fromLib('./cycle/a')
    expect(a.bSaw).toEqual({ early: 'a early', late: undefined })
    expect(a.sawOfB).toBe('b early')
  })

  test('and sees the rest later, through the same object', () => {
    expect(fromLib('./cycle/b').lateOfA()).toBe('a late')
  })

  test('a module that requires itself gets its own exports', () => {
    const self = fromLib('./cycle/self')
    expect(self.me).toBe(self)
  })

  test('exports that are replaced later are not seen in the cycle', () => {
    expect(fromLib('./cycle/replaces').seen).toEqual(['old'])
  })
})
