// app: ../apps/modules
// Rests on: "resolveAlias" of app.json: keys and values end in "/*", the longest matching key wins.

const fromDeep = require('lib/deep/from')

describe('require: resolveAlias', () => {
  const rows = [
    ['@lib/named', 'lib/named.js'],
    ['@lib/named.js', 'lib/named.js'],
    ['@lib/dir', 'lib/dir/index.js'],
    ['@lib/deep/target', 'lib/other/target.js'],
    ['~/root-file', 'root-file.js'],
    ['~/lib/deep/target', 'lib/deep/target.js']
  ]
  for (const [path, expected] of rows) {
    test(`${path} is ${expected}`, () => {
      expect(fromDeep(path).here).toBe(expected)
    })
  }

  test('an alias and the plain path are one module', () => {
    expect(fromDeep('@lib/named')).toBe(fromDeep('../named'))
  })

  test('a name that only begins like an alias is none', () => {
    expect(fromDeep('@scope/pkg').here).toBe('miniprogram_npm/@scope/pkg/index.js')
  })
})
