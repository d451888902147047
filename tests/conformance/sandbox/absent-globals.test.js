// app: ../apps/plain
// Rests on: app code runs without a browser and without Node: what belongs to them is undefined.

const absent = [
  'window', 'document', 'location', 'history', 'navigator', 'localStorage', 'sessionStorage', 'indexedDB',
  'XMLHttpRequest', 'fetch', 'WebSocket', 'alert', 'Image', 'HTMLElement', 'importScripts', 'postMessage',
  'process', 'Buffer', 'Deno', 'Bun', '__dirname', '__filename', 'setImmediate'
]

describe('globals that are not there', () => {
  for (const name of absent) {
    test(name, () => {
      expect(globalThis[name]).toBeUndefined()
      expect(name in globalThis && globalThis[name] !== undefined).toBe(false)
    })
  }

  // The platform wraps a module into a function that takes these names as parameters and never gets them.
  test('what belongs to a browser is undefined when it is named, and a module may declare its own', () => {
    expect([window, document, self, location, navigator, localStorage, XMLHttpRequest]).toEqual(Array(7).fill(undefined))
    const history = [1]
    expect(history).toEqual([1])
    expect('window' in globalThis).toBe(false)
  })

  test('typeof of them is undefined', () => {
    expect([typeof window, typeof document, typeof process, typeof fetch, typeof XMLHttpRequest]).toEqual(
      Array(5).fill('undefined')
    )
  })

  test('a browser check as libraries write it says no', () => {
    const isBrowser = typeof window !== 'undefined' && typeof window.document !== 'undefined'
    const isNode = typeof process !== 'undefined' && Boolean(process.versions && process.versions.node)
    expect([isBrowser, isNode]).toEqual([false, false])
  })

  test('nothing of the engine lies open', () => {
    const names = Object.getOwnPropertyNames(globalThis)
    expect(names.filter((name) => /minirun|boa/i.test(name))).toEqual([])
  })

  test('there is no way from an app file to a module of the host', () => {
    for (const name of ['fs', 'os', 'child_process', 'node:fs', 'std', '/etc/passwd', '../../../../etc/passwd']) {
      expect(() => require(name)).toThrow()
    }
  })
})
