// app: ../apps/plain
// Rests on: the platform's timers: number ids, further arguments handed on, a TypeError for what is no function.

function thrown(fn) {
  try {
    fn()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

describe('timers: ids and arguments', () => {
  test('an id is a positive number, each its own', () => {
    const ids = [setTimeout(() => {}, 0), setTimeout(() => {}, 0), setInterval(() => {}, 1000), setInterval(() => {}, 1000)]
    ids.forEach((id) => {
      expect(typeof id).toBe('number')
      expect(id > 0).toBe(true)
      clearTimeout(id)
      clearInterval(id)
    })
    expect(new Set(ids).size).toBe(4)
  })

  test('further arguments are handed on', async () => {
    const given = await new Promise((resolve) => setTimeout((...args) => resolve(args), 0, 1, 'two', null))
    expect(given).toEqual([1, 'two', null])
  })

  test('an interval hands them on every time', async () => {
    const given = []
    await new Promise((resolve) => {
      const id = setInterval((value) => {
        given.push(value)
        if (given.length === 3) {
          clearInterval(id)
          resolve()
        }
      }, 10, 'again')
    })
    expect(given).toEqual(['again', 'again', 'again'])
  })

  for (const name of ['setTimeout', 'setInterval']) {
    for (const value of [undefined, null, 'x = 1', 5, {}]) {
      test(`${name} of ${JSON.stringify(value)} is a TypeError`, () => {
        const error = thrown(() => globalThis[name](value, 10))
        expect(error instanceof TypeError).toBe(true)
        expect(error.message).toMatch(new RegExp(`^${name} expects a function as first argument but got .+\\.$`))
      })
    }
  }

  test('a text is never run as code', async () => {
    globalThis.ranText = false
    thrown(() => setTimeout('globalThis.ranText = true', 0))
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(globalThis.ranText).toBe(false)
    delete globalThis.ranText
  })

  test('the global functions may be replaced and put back', () => {
    const original = setTimeout
    let calls = 0
    setTimeout = (...args) => {
      calls += 1
      return original(...args)
    }
    clearTimeout(setTimeout(() => {}, 0))
    setTimeout = original
    expect(calls).toBe(1)
    expect(setTimeout).toBe(original)
  })
})
