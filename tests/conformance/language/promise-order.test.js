// app: ../apps/plain
// Rests on: the ECMAScript job queue, and that a timer or a wx callback is a task of its own after all jobs.

const task = () => new Promise((resolve) => setTimeout(resolve, 0))

describe('jobs and tasks', () => {
  test('jobs come before timers, in the order of their making', async () => {
    const order = []
    setTimeout(() => order.push('timer'), 0)
    Promise.resolve().then(() => order.push('job 1')).then(() => order.push('job 3'))
    Promise.resolve().then(() => order.push('job 2'))
    order.push('script')
    await task()
    expect(order).toEqual(['script', 'job 1', 'job 2', 'job 3', 'timer'])
  })

  test('all jobs of one timer run before the next timer', async () => {
    const order = []
    setTimeout(() => {
      order.push('timer 1')
      Promise.resolve().then(() => {
        order.push('job')
        Promise.resolve().then(() => order.push('job of the job'))
      })
    }, 0)
    setTimeout(() => order.push('timer 2'), 0)
    await task()
    await task()
    expect(order).toEqual(['timer 1', 'job', 'job of the job', 'timer 2'])
  })

  test('await takes one job for a value and for a native promise', async () => {
    const order = []
    const first = async () => {
      order.push('first begins')
      await null
      order.push('first goes on')
    }
    const second = async () => {
      await first()
      order.push('second goes on')
    }
    const all = second()
    Promise.resolve()
      .then(() => order.push('1'))
      .then(() => order.push('2'))
      .then(() => order.push('3'))
    await all
    await task()
    expect(order).toEqual(['first begins', 'first goes on', '1', 'second goes on', '2', '3'])
  })

  test('an executor runs at once, a handler never does', async () => {
    const order = []
    new Promise((resolve) => {
      order.push('executor')
      resolve()
    }).then(() => order.push('handler'))
    order.push('after')
    await task()
    expect(order).toEqual(['executor', 'after', 'handler'])
  })

  test('a success callback comes after the jobs', async () => {
    const order = []
    const done = new Promise((resolve) => {
      wx.getSystemInfo({
        success() {
          order.push('success')
        },
        complete() {
          order.push('complete')
          resolve()
        }
      })
    })
    order.push('after the call')
    Promise.resolve().then(() => order.push('job'))
    await done
    expect(order).toEqual(['after the call', 'job', 'success', 'complete'])
  })

  test('nextTick does not run at once', async () => {
    const order = []
    const done = new Promise((resolve) => wx.nextTick(() => {
      order.push('tick')
      resolve()
    }))
    order.push('after the call')
    await done
    expect(order).toEqual(['after the call', 'tick'])
  })
})

describe('Promise', () => {
  test('all, allSettled, race, any, finally', async () => {
    const fail = Promise.reject(new Error('no'))
    fail.catch(() => {})
    expect(await Promise.all([1, Promise.resolve(2)])).toEqual([1, 2])
    expect((await Promise.allSettled([1, fail])).map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect(await Promise.race([new Promise(() => {}), 3])).toBe(3)
    expect(await Promise.any([fail, 4])).toBe(4)
    let cleaned = 0
    expect(await Promise.resolve(5).finally(() => { cleaned += 1 })).toBe(5)
    expect(cleaned).toBe(1)
  })

  test('thenables are taken in', async () => {
    expect(await { then: (resolve) => resolve('thenable') }).toBe('thenable')
  })

  test('async generators', async () => {
    async function* count() {
      for (let i = 0; i < 3; i += 1) {
        await null
        yield i
      }
    }
    const seen = []
    for await (const n of count()) {
      seen.push(n)
    }
    expect(seen).toEqual([0, 1, 2])
  })
})
