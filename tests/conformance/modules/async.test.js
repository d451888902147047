// app: ../apps/modules
// Rests on: require(path, callback, errorCallback) and require.async(path), made for modules of other subpackages:
// both always answer later; an error is { errMsg, mod }.

const fromLib = require('lib/from')

const load = (path) => new Promise((resolve, reject) => require(path, resolve, reject))

describe('require with callbacks', () => {
  test('gives a subpackage\'s module', async () => {
    expect((await load('sub/lib/own.js')).here).toBe('sub/lib/own.js')
    expect((await load('./other/lib/own')).here).toBe('other/lib/own.js')
  })

  test('calls back later even when the module is there already', async () => {
    fromLib('./named')
    const order = []
    const done = new Promise((resolve) => {
      require('lib/named', (module) => {
        order.push(module.here)
        resolve()
      })
    })
    order.push('after the call')
    await done
    expect(order).toEqual(['after the call', 'lib/named.js'])
  })

  test('gives the same module as a plain require', async () => {
    expect(await load('lib/named')).toBe(fromLib('./named'))
  })

  test('reports a missing module to the second callback, later', async () => {
    let later = false
    const outcome = new Promise((resolve, reject) => {
      require('sub/lib/nothing.js', reject, (error) => resolve([later, error]))
    })
    later = true
    const [wasLater, error] = await outcome
    expect(wasLater).toBe(true)
    expect(typeof error.errMsg).toBe('string')
    expect(error.mod).toContain('sub/lib/nothing')
  })

  test('does not throw for a missing module without a second callback', () => {
    expect(() => require('sub/lib/nothing.js', () => {})).not.toThrow()
  })
})

describe('require.async', () => {
  test('is a promise of the module', async () => {
    const promise = require.async('sub/lib/own.js')
    expect(promise instanceof Promise).toBe(true)
    expect((await promise).here).toBe('sub/lib/own.js')
  })

  test('settles later', async () => {
    const order = []
    const promise = require.async('lib/named').then(() => order.push('module'))
    order.push('after the call')
    await promise
    expect(order).toEqual(['after the call', 'module'])
  })

  test('rejects with errMsg and mod', async () => {
    let error
    try {
      await require.async('sub/lib/nothing.js')
    } catch (caught) {
      error = caught
    }
    expect(typeof error.errMsg).toBe('string')
    expect(error.mod).toContain('sub/lib/nothing')
  })
})
