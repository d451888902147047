// app: ../apps/modules
// Rests on: every file has require, module and exports of its own; names declared at its top level are its own.

const shapes = require('lib/shapes')
const declared = ['number', 'number', 'number', 'function', 'function']

describe('the scope of a file', () => {
  test('require, module and exports are there', () => {
    expect(shapes.types).toEqual(['function', 'object', 'object', 'function'])
    expect(shapes.exportsIsModuleExports).toBe(true)
  })

  test('module.exports may be replaced; what is put on the old exports is lost', () => {
    expect(shapes.replaced).toBe(true)
    expect(shapes.lost).toBeUndefined()
  })

  test('top-level names are private', () => {
    expect(require('lib/private').seen).toEqual(declared)
    expect(require('lib/peeks').seen).toEqual(declared.map(() => 'undefined'))
    expect(typeof globalThis.privateVar).toBe('undefined')
    expect(typeof globalThis.privateFunction).toBe('undefined')
  })

  test('names of browser globals may be declared with let and const', () => {
    expect(require('lib/shadows').own).toEqual(['w', 'd', 'l', 's', 'p'])
    expect(typeof window).toBe('undefined')
  })
})
