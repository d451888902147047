// app: ../apps/modules
// Rests on: the platform's require rules (path relative to the requiring file, "./" and ".js" optional), and on
// what public apps do beyond them: bare names as relative paths, folders with an index.js, a leading slash.

const fromLib = require('lib/from')
const fromDeep = require('./lib/deep/from.js')

describe('require: which file a path means', () => {
  const rows = [
    // caller, path, module
    [fromLib, './named', 'lib/named.js'],
    [fromLib, './named.js', 'lib/named.js'],
    [fromLib, 'named', 'lib/named.js'],
    [fromLib, 'named.js', 'lib/named.js'],
    [fromLib, '../root-file', 'root-file.js'],
    [fromLib, './deep/beside', 'lib/deep/beside.js'],
    [fromLib, 'deep/beside', 'lib/deep/beside.js'],
    [fromLib, './deep/../named', 'lib/named.js'],
    [fromLib, './deep/./beside', 'lib/deep/beside.js'],
    [fromLib, './with.dots', 'lib/with.dots.js'],
    [fromDeep, '../named', 'lib/named.js'],
    [fromDeep, '../../root-file.js', 'root-file.js'],
    // A folder stands for its index.js; a file of the same name comes first.
    [fromLib, './dir', 'lib/dir/index.js'],
    [fromLib, './dir/', 'lib/dir/index.js'],
    [fromLib, 'dir', 'lib/dir/index.js'],
    [fromLib, './dir/index', 'lib/dir/index.js'],
    [fromLib, './both', 'lib/both.js'],
    [fromLib, './both/index', 'lib/both/index.js'],
    // A leading slash means the package's root, or else the caller's folder.
    [fromDeep, '/lib/named', 'lib/named.js'],
    [fromDeep, '/lib/named.js', 'lib/named.js'],
    [fromDeep, '/store/index', 'store/index.js'],
    [fromDeep, '/lib/dir', 'lib/dir/index.js'],
    [fromDeep, '/only-beside', 'lib/deep/only-beside.js'],
    [fromDeep, './store/index', 'lib/deep/store/index.js']
  ]
  for (const [caller, path, expected] of rows) {
    test(`${JSON.stringify(path)} from ${caller === fromLib ? 'lib/' : 'lib/deep/'} is ${expected}`, () => {
      expect(caller(path).here).toBe(expected)
    })
  }

  test('a file that ends in .js is not looked for as .js.js', () => {
    expect(fromLib('./named.js')).toBe(fromLib('./named'))
  })

  test('a subpackage reaches the main package and itself', async () => {
    const fromSub = await require.async('./sub/lib/from')
    expect(fromSub('../../lib/named').here).toBe('lib/named.js')
    expect(fromSub('./own').here).toBe('sub/lib/own.js')
    expect(() => fromLib('../sub/lib/own')).toThrow("module 'sub/lib/own.js' is not defined")
  })
})
