// app: ../apps/modules
// Rests on: import() in an app's files, plain CommonJS files too, with the same lookup as require, the leading slash
// included; the result is a namespace, of which `default` is a CommonJS module's exports.

const dynamic = require('lib/dynamic')

describe('import()', () => {
  test('gives a namespace with the named and the default export', async () => {
    const shapes = await dynamic.relative()
    expect(shapes.name).toBe('shapes')
    expect(shapes.default.sides).toBe(4)
  })

  test('takes a leading slash and does without .js', async () => {
    expect(await dynamic.rooted()).toBe(await dynamic.relative())
  })

  test('takes a computed path', async () => {
    expect((await dynamic.computed('shapes')).name).toBe('shapes')
  })

  test('of a CommonJS module has its exports as default and by name', async () => {
    const named = await dynamic.commonjs()
    expect(named.default).toBe(require('lib/named'))
    expect(named.here).toBe('lib/named.js')
  })

  test('is a promise, also for a module that is not there', async () => {
    const promise = dynamic.missing()
    expect(promise instanceof Promise).toBe(true)
    let error
    await promise.catch((caught) => {
      error = caught
    })
    expect(error === undefined).toBe(false)
  })
})
