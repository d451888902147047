// app: ../apps/modules
// Rests on: ECMAScript modules as the platform's build compiles them to CommonJS: live bindings, hoisted functions,
// strict code, CommonJS modules importable by default and by name; positions are those of the source.

const uses = require('lib/esm/uses')
const all = require('lib/esm/re-exports')

describe('import and export', () => {
  test('bindings are live', () => {
    expect(uses.live).toEqual([0, 1, 1])
  })

  test('default, renamed and namespace imports', () => {
    expect(uses.sides).toBe(4)
    expect(uses.names).toEqual(['shapes', 'shapes'])
    expect(uses.keys).toEqual(['alias', 'count', 'default', 'increment', 'name'])
  })

  test('a CommonJS module is its own default export', () => {
    expect(uses.fromCommonjs).toEqual(['lib/named.js', 'lib/named.js'])
  })

  test('an import for its effect runs before the importer', () => {
    expect(uses.sideEffect).toBe('done')
  })

  test('an exported function is there before its line', () => {
    expect(uses.hoisted).toBe('function')
    expect(uses.default()).toBe('later')
  })

  test('there is no this at the top level', () => {
    expect(uses.self).toBe('undefined')
  })

  test('re-exports: everything but the default, renamed, as a namespace', () => {
    expect(all.name).toBe('shapes')
    expect(all.Shape.sides).toBe(4)
    expect(all.default).toBe(all.increment)
    expect(all.nested.name).toBe('shapes')
  })

  test('modules that import each other', () => {
    expect(require('lib/esm/cycle-a').a()).toBe('a and b of a')
  })

  test('require of an ES module sees __esModule', () => {
    expect(uses.__esModule).toBe(true)
    expect(Object.keys(uses).includes('__esModule')).toBe(false)
  })
})

describe('positions', () => {
  const stackOf = (fn) => {
    try {
      fn()
    } catch (error) {
      return error.stack
    }
    return ''
  }

  test('an error of an ES module names its source line', () => {
    expect(stackOf(() => require('lib/esm/throws').fail())).toContain('lib/esm/throws.js:4')
  })

  test('an error of a TypeScript module names its source line', () => {
    expect(stackOf(() => require('lib/typed').fail('x'))).toContain('lib/typed.ts:24')
  })
})

describe('TypeScript', () => {
  const typed = require('lib/typed')

  test('types are gone, enums, generics and parameter properties work', () => {
    expect(typed.label({ name: 'n' })).toBe('n:1')
    expect(typed.colors).toEqual([0, 4, 5, 'Green'])
    const box = new typed.Box('value', 'tag')
    expect(box.get()).toBe('value')
    expect(box.tag).toBe('tag')
  })

  test('optional chaining', () => {
    let message = ''
    try {
      typed.fail(undefined)
    } catch (error) {
      message = error.message
    }
    expect(message).toBe('no undefined')
  })
})
