// app: ../apps/worker
// Rests on: the platform's pages on wx.createWorker, Worker and multithreading. What a message may be is
// taken from the structured copies of the web.

const next = (worker) => new Promise((resolve) => worker.onMessage(resolve))

const asked = async (path, message) => {
  const worker = wx.createWorker(path)
  worker.postMessage(message)
  const answer = await next(worker)
  worker.terminate()
  return answer
}

const echoed = async (value) => (await asked('workers/echo.js', { value })).value

describe('wx.createWorker', () => {
  test('runs a script of the workers folder, which has its own modules', async () => {
    expect(await asked('workers/tasks.js', { task: 'double', n: 21 })).toEqual({ answer: 42 })
    expect(await asked('/workers/tasks.js', { task: 'double', n: 1 })).toEqual({ answer: 2 })
  })

  test('gives it worker, console, timers and require, and nothing else', async () => {
    expect((await asked('workers/tasks.js', { task: 'globals' })).answer).toEqual(['setTimeout', 'console', 'require'])
    expect((await asked('workers/tasks.js', { task: 'env' })).answer).toBe(wx.env.USER_DATA_PATH)
  })

  test('keeps it inside of its folder', async () => {
    expect((await asked('workers/tasks.js', { task: 'outside' })).answer).toContain('is not defined')
    expect((await asked('workers/tasks.js', { task: 'absent' })).answer).toContain('is not defined')
    expect((await asked('workers/tasks.js', { task: 'async' })).answer).toContain('own folder')
  })

  test('allows one at a time', async () => {
    const worker = wx.createWorker('workers/echo.js', { useExperimentalWorker: true })
    expect(() => wx.createWorker('workers/echo.js')).toThrow('createWorker:fail exceed max concurrent workers limit')
    worker.terminate()
    wx.createWorker('workers/echo.js').terminate()
  })

  test('fails for a path that is no script of the folder', () => {
    expect(() => wx.createWorker('app.js')).toThrow("createWorker:fail app.js is no script in the workers' folder workers")
    expect(() => wx.createWorker('workers/../app.js')).toThrow('createWorker:fail ')
    expect(() => wx.createWorker('workers/absent.js')).toThrow('createWorker:fail ')
    expect(() => wx.createWorker()).toThrow('createWorker:fail parameter error: parameter should be String instead of Undefined;')
  })

  test('is known to canIUse', () => {
    expect(wx.canIUse('createWorker')).toBe(true)
    expect(wx.canIUse('Worker.postMessage')).toBe(true)
  })
})

describe('Worker.postMessage', () => {
  test.each([
    [1], ['text'], [null], [undefined], [NaN], [-0], [Infinity], [true], [10n], [[1, [2], undefined]], [{ a: { b: [{}] } }],
    [new Date(1234)], [/a+/gi], [new Map([[1, { a: 1 }]])], [new Set(['a', 2])], [{ __proto__: null, length: 3 }], [[, 1, ,]],
  ])('copies value %#', async (value) => {
    const copy = await echoed(value)
    expect(copy).toEqual(value)
    expect(Object.is(copy, value) || typeof value !== 'number').toBe(true)
    expect(Object.prototype.toString.call(copy)).toBe(Object.prototype.toString.call(value))
  })

  test('copies bytes, wherever they are', async () => {
    const bytes = new Uint8Array([1, 2, 255])
    const copy = await echoed({ deep: [bytes.buffer], view: new Uint16Array([500, 600]), part: bytes.subarray(1) })
    expect(Array.from(new Uint8Array(copy.deep[0]))).toEqual([1, 2, 255])
    expect(copy.view instanceof Uint16Array && Array.from(copy.view)).toEqual([500, 600])
    expect(Array.from(copy.part)).toEqual([2, 255])
    expect(copy.part.buffer).toBe(copy.deep[0])
    bytes[0] = 7
    expect(new Uint8Array(copy.deep[0])[0]).toBe(1)
  })

  test('keeps what is shared and what goes in a circle', async () => {
    const shared = { name: 'shared' }
    const value = { one: shared, two: [shared] }
    value.self = value
    const copy = await echoed(value)
    expect(copy.self).toBe(copy)
    expect(copy.one).toBe(copy.two[0])
    expect(copy.one).toEqual(shared)
  })

  test('copies errors with their names', async () => {
    const copy = await echoed(new RangeError('too far'))
    expect(copy instanceof RangeError).toBe(true)
    expect(copy.message).toBe('too far')
  })

  test('fails for what cannot be copied, on both sides', async () => {
    const worker = wx.createWorker('workers/echo.js')
    expect(() => worker.postMessage({ call() {} })).toThrow('a function (call) could not be cloned.')
    expect(() => worker.postMessage(Symbol('s'))).toThrow('Symbol(s) could not be cloned.')
    expect(() => worker.postMessage(Promise.resolve())).toThrow('#<Promise> could not be cloned.')
    worker.terminate()
    expect((await asked('workers/tasks.js', { task: 'function' })).answer).toBe('a function (f) could not be cloned.')
  })

  test('arrives later, in order', async () => {
    const worker = wx.createWorker('workers/echo.js')
    const heard = []
    const done = new Promise((resolve) => worker.onMessage((n) => { heard.push(n); if (n === 3) resolve() }))
    for (const n of [1, 2, 3]) worker.postMessage(n)
    expect(heard).toEqual([])
    await done
    expect(heard).toEqual([1, 2, 3])
    worker.terminate()
  })

  test('means nothing to a worker that has ended', () => {
    const error = spyOn(console, 'error').mockImplementation(() => {})
    const worker = wx.createWorker('workers/echo.js')
    worker.terminate()
    worker.terminate()
    worker.postMessage(1)
    expect(error).toHaveBeenCalledWith('Worker.postMessage: the worker has ended')
    error.mockRestore()
  })
})

describe('a worker', () => {
  test('has timers that go by the same clock', async () => {
    const began = Date.now()
    expect(await asked('workers/tasks.js', { task: 'later', ms: 90000 })).toEqual({ waited: 90000 })
    expect(Date.now() - began).toBe(90000)
  })

  test('says nothing more once it is terminated', async () => {
    const worker = wx.createWorker('workers/tasks.js')
    const heard = fn()
    worker.onMessage(heard)
    worker.postMessage({ task: 'later', ms: 100 })
    await new Promise((resolve) => setTimeout(resolve, 50))
    worker.terminate()
    await new Promise((resolve) => setTimeout(resolve, 1000))
    expect(heard).not.toHaveBeenCalled()
  })

  test('tells Worker.onError of what it throws, with the place, and goes on', async () => {
    const worker = wx.createWorker('workers/throws.js')
    const errors = []
    worker.onError((error) => errors.push(error))
    const answer = next(worker)
    worker.postMessage({ text: 'too far' })
    expect((await answer).heard).toContain('too far')
    expect(errors.length).toBe(1)
    expect(errors[0].message).toContain('too far')
    expect([errors[0].filename, errors[0].lineno]).toEqual(['workers/throws.js', 3])
    worker.terminate()
  })

  test('tells Worker.onProcessKilled when the system takes it, and another one may follow', async () => {
    const worker = wx.createWorker('workers/tasks.js', { useExperimentalWorker: true })
    const killed = new Promise((resolve) => worker.onProcessKilled(() => resolve('killed')))
    worker.postMessage({ task: 'die' })
    expect(await killed).toBe('killed')
    const other = wx.createWorker('workers/tasks.js', { useExperimentalWorker: true })
    const too = new Promise((resolve) => other.onProcessKilled(() => resolve('killed')))
    other.testOnProcessKilled()
    expect(await too).toBe('killed')
  })

  test('has no camera', async () => {
    const worker = wx.createWorker('workers/echo.js')
    expect(() => worker.getCameraFrameData()).toThrow('Worker.getCameraFrameData:fail not supported')
    worker.terminate()
    expect((await asked('workers/tasks.js', { task: 'camera' })).answer).toBe('Worker.getCameraFrameData:fail not supported')
  })
})
