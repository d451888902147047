// app: ../apps/modules
// Rests on: the platform's lookup of packages: first the path beside the caller, then miniprogram_npm in the caller's
// folder and every folder above it; `<name>/index.js`, `<name>.js`, files inside a package, a trailing slash.

const fromRoot = require
const fromLib = require('lib/from')
const fromDeep = require('lib/deep/from')

describe('require: packages in miniprogram_npm', () => {
  const rows = [
    ['the root', fromRoot, 'near', 'miniprogram_npm/near/index.js'],
    ['lib/', fromLib, 'near', 'lib/miniprogram_npm/near/index.js'],
    ['lib/deep/', fromDeep, 'near', 'lib/miniprogram_npm/near/index.js'],
    ['lib/', fromLib, 'far', 'miniprogram_npm/far/index.js'],
    ['lib/deep/', fromDeep, 'far', 'lib/deep/far.js'],
    ['lib/deep/', fromDeep, 'far/util', 'miniprogram_npm/far/util.js'],
    ['lib/deep/', fromDeep, 'far/util.js', 'miniprogram_npm/far/util.js'],
    ['lib/deep/', fromDeep, 'far/lib', 'miniprogram_npm/far/lib/index.js'],
    ['lib/deep/', fromDeep, 'far/lib/index', 'miniprogram_npm/far/lib/index.js'],
    ['lib/', fromLib, 'single', 'miniprogram_npm/single.js'],
    ['lib/', fromLib, 'buffer', 'miniprogram_npm/buffer/index.js'],
    ['lib/', fromLib, 'buffer/', 'miniprogram_npm/buffer/index.js'],
    ['lib/', fromLib, '@scope/pkg', 'miniprogram_npm/@scope/pkg/index.js']
  ]
  for (const [where, caller, path, expected] of rows) {
    test(`${JSON.stringify(path)} from ${where} is ${expected}`, () => {
      expect(caller(path).here).toBe(expected)
    })
  }

  test('a package finds its neighbours and its own files', () => {
    const needsFar = fromLib('needs-far')
    expect(needsFar.far).toBe('miniprogram_npm/far/index.js')
    expect(needsFar.own).toBe('miniprogram_npm/needs-far/own.js')
  })
})
