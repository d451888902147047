// app: ../apps/plain
// Rests on: timers run when they are due, those due together in the order of their making; never inside the call.

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

describe('timers: order', () => {
  test('by the time at which they are due', async () => {
    const order = []
    setTimeout(() => order.push(30), 30)
    setTimeout(() => order.push(10), 10)
    setTimeout(() => order.push(20), 20)
    await wait(40)
    expect(order).toEqual([10, 20, 30])
  })

  test('and by the order of making', async () => {
    const order = []
    for (let i = 0; i < 5; i += 1) {
      setTimeout(() => order.push(i), 10)
    }
    await wait(20)
    expect(order).toEqual([0, 1, 2, 3, 4])
  })

  test('a delay that is missing, negative, no number or a numeric text', async () => {
    const order = []
    setTimeout(() => order.push('text'), '15')
    setTimeout(() => order.push('none'))
    setTimeout(() => order.push('negative'), -5)
    setTimeout(() => order.push('NaN'), NaN)
    setTimeout(() => order.push('word'), 'soon')
    setTimeout(() => order.push('null'), null)
    await wait(30)
    expect(order).toEqual(['none', 'negative', 'NaN', 'word', 'null', 'text'])
  })

  test('never inside the call', () => {
    let ran = false
    setTimeout(() => { ran = true }, 0)
    expect(ran).toBe(false)
  })

  test('one made by a timer runs after those that wait already', async () => {
    const order = []
    setTimeout(() => {
      order.push('first')
      setTimeout(() => order.push('made by the first'), 0)
    }, 0)
    setTimeout(() => order.push('second'), 0)
    await wait(20)
    expect(order).toEqual(['first', 'second', 'made by the first'])
  })

  test('Date moves with the timers', async () => {
    const before = Date.now()
    await wait(30 * 1000)
    expect(Date.now() - before >= 30 * 1000).toBe(true)
    expect(new Date().getTime() - before >= 30 * 1000).toBe(true)
  })

  test('Date.now never goes back', async () => {
    let last = Date.now()
    for (let i = 0; i < 5; i += 1) {
      await wait(i)
      expect(Date.now() >= last).toBe(true)
      last = Date.now()
    }
  })

  test('an interval comes again and again, among other timers', async () => {
    const order = []
    const id = setInterval(() => order.push('tick'), 100)
    setTimeout(() => order.push('timeout'), 250)
    await wait(350)
    clearInterval(id)
    await wait(300)
    expect(order).toEqual(['tick', 'tick', 'timeout', 'tick'])
  })
})
