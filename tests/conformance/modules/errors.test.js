// app: ../apps/modules
// Rests on: the platform's texts for a module that is not there and for an argument that is no string.

const fromLib = require('lib/from')
const fromDeep = require('lib/deep/from')

function thrown(fn) {
  try {
    fn()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

describe('require: errors', () => {
  const missing = [
    [fromLib, './nothing', 'lib/nothing.js'],
    [fromLib, './nothing.js', 'lib/nothing.js'],
    [fromLib, 'nothing', 'lib/nothing.js'],
    [fromDeep, '../nothing', 'lib/nothing.js'],
    [fromDeep, '../../nothing', 'nothing.js']
  ]
  for (const [caller, path, module] of missing) {
    test(`${path}, which is not there, is named as ${module}`, () => {
      const error = thrown(() => caller(path))
      expect(error instanceof Error).toBe(true)
      expect(error.message).toBe(`module '${module}' is not defined, require args is '${path}'`)
    })
  }

  for (const value of [undefined, null, 7, true, {}, [], () => './named']) {
    test(`an argument of type ${Object.prototype.toString.call(value).slice(8, -1)} is refused`, () => {
      const error = thrown(() => fromLib(value))
      expect(error instanceof Error).toBe(true)
      expect(error.message).toBe('require args must be a string')
    })
  }

  test('a missing module stays missing', () => {
    thrown(() => fromLib('./nothing'))
    expect(thrown(() => fromLib('./nothing')).message).toContain('is not defined')
  })
})
