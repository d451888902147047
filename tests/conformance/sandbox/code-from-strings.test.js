// app: ../apps/plain
// Rests on: the platform compiles no code from strings: eval is undefined; new Function(...) neither throws nor gives
// a function, but for a body of 'return this', whose function returns an empty object.

const wanted = 'globalThis.compiledFromString = true; return 1'
const compiled = () => globalThis.compiledFromString

// What a constructor makes of a text must not be callable, or must not do what the text says.
function inert(make) {
  let made
  try {
    made = make()
  } catch (error) {
    return true
  }
  if (typeof made === 'function') {
    try {
      made()
    } catch (error) {
      return compiled() === undefined
    }
  }
  return compiled() === undefined
}

describe('code from strings', () => {
  test('eval is undefined', () => {
    expect(typeof eval).toBe('undefined')
    expect(globalThis.eval).toBeUndefined()
  })

  test('new Function does not throw and is not callable', () => {
    expect(() => new Function('return 1')).not.toThrow()
    expect(() => Function('a', 'b', 'return a + b')).not.toThrow()
    expect(typeof new Function('return 1')).not.toBe('function')
    expect(typeof Function('a', 'b', 'return a + b')).not.toBe('function')
    expect(typeof new Function()).not.toBe('function')
  })

  test("'return this' as the last argument gives a function of an empty object", () => {
    for (const made of [new Function('return this'), Function('return this'), Function('a', 'return this')]) {
      expect(typeof made).toBe('function')
      const value = made()
      expect(typeof value).toBe('object')
      expect(Object.keys(value)).toEqual([])
      expect(value === globalThis).toBe(false)
      expect(value.wx).toBeUndefined()
    }
  })

  test('constructors reached through prototypes are closed too', () => {
    const functions = [
      function () {},
      () => {},
      class {},
      async () => {},
      function* () {},
      async function* () {},
      (() => {}).bind(null),
      Object,
      wx.showToast,
      setTimeout,
      console.log
    ]
    for (const fn of functions) {
      expect(inert(() => fn.constructor(wanted))).toBe(true)
      expect(inert(() => new fn.constructor(wanted))).toBe(true)
      expect(inert(() => Object.getPrototypeOf(fn).constructor(wanted))).toBe(true)
      expect(inert(() => Reflect.construct(fn.constructor, [wanted]))).toBe(true)
    }
    expect(inert(() => Reflect.construct(Function, [wanted], Object))).toBe(true)
    expect(inert(() => Reflect.apply(Function, null, [wanted]))).toBe(true)
    expect(inert(() => Function.prototype.constructor(wanted))).toBe(true)
  })

  // A transpiler's runtime gives its own functions a constructor, in strict code.
  test('a function takes a constructor of its own', () => {
    'use strict'
    function Prototype() {}
    function Own() {}
    Prototype.constructor = Own
    expect(Prototype.constructor).toBe(Own)
  })

  test('a generator made from a text does not run it', () => {
    const Generator = Object.getPrototypeOf(function* () {}).constructor
    let made
    try {
      made = Generator('globalThis.compiledFromString = true; yield 1')
      made().next()
    } catch (error) {
      // Refused: as good.
    }
    expect(compiled()).toBeUndefined()
  })

  test('a class that extends Function does not compile either', () => {
    expect(inert(() => new (class extends Function {})(wanted))).toBe(true)
  })

  test('functions are still functions', () => {
    expect((() => {}) instanceof Function).toBe(true)
    expect(typeof Function).toBe('function')
    expect(Function.prototype.call.call((a) => a, null, 1)).toBe(1)
    expect(Object.getPrototypeOf(() => {})).toBe(Function.prototype)
  })
})
