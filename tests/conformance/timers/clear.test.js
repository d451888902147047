// app: ../apps/plain
// Rests on: the platform's clearTimeout and clearInterval; clearing what is not there is no error.

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

describe('timers: clear', () => {
  test('a timeout that is cleared never runs', async () => {
    let ran = 0
    const id = setTimeout(() => { ran += 1 }, 10)
    expect(clearTimeout(id)).toBeUndefined()
    await wait(20)
    expect(ran).toBe(0)
  })

  test('a timer may clear another that is due at the same time', async () => {
    const order = []
    setTimeout(() => {
      order.push('first')
      clearTimeout(second)
    }, 10)
    const second = setTimeout(() => order.push('second'), 10)
    await wait(20)
    expect(order).toEqual(['first'])
  })

  test('an interval may clear itself', async () => {
    let ticks = 0
    const id = setInterval(() => {
      ticks += 1
      if (ticks === 2) {
        clearInterval(id)
      }
    }, 5)
    await wait(50)
    expect(ticks).toBe(2)
  })

  test('a timeout may clear itself while it runs', async () => {
    let ran = 0
    const id = setTimeout(() => {
      ran += 1
      clearTimeout(id)
    }, 5)
    await wait(20)
    expect(ran).toBe(1)
  })

  for (const id of [undefined, null, 0, -1, 1e9, NaN, 'x', {}]) {
    test(`clearing ${typeof id === 'object' ? JSON.stringify(id) : String(id)} is no error`, () => {
      expect(() => clearTimeout(id)).not.toThrow()
      expect(() => clearInterval(id)).not.toThrow()
    })
  }

  test('clearing twice is no error', () => {
    const id = setTimeout(() => {}, 5)
    clearTimeout(id)
    expect(() => clearTimeout(id)).not.toThrow()
  })

  test('a cleared id is not given to the next timer', () => {
    const first = setTimeout(() => {}, 5)
    clearTimeout(first)
    const second = setTimeout(() => {}, 5)
    clearTimeout(second)
    expect(second === first).toBe(false)
  })
})
