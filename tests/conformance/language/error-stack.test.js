// app: ../apps/plain
// Rests on: V8's form of error.stack, which apps log and report: a header "Name: message", then frames that name
// the file by its package path, the line and the column.

const thrower = require('lib/thrower')

function thrown(fn) {
  try {
    fn()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

const lines = (error) => error.stack.split('\n')

describe('error.stack', () => {
  for (const Type of [Error, TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError]) {
    test(`of ${Type.name} begins with its name and message`, () => {
      expect(lines(new Type('a message'))[0]).toBe(`${Type.name}: a message`)
      expect(lines(Type('no new'))[0]).toBe(`${Type.name}: no new`)
    })
  }

  test('without a message it begins with the name', () => {
    expect(lines(new Error())[0]).toBe('Error')
  })

  test('a message of several lines', () => {
    expect(new Error('one\ntwo').stack.startsWith('Error: one\ntwo\n')).toBe(true)
  })

  test('frames begin with "    at "', () => {
    const [, first] = lines(new Error('x'))
    expect(first.startsWith('    at ')).toBe(true)
  })

  test('an error that the engine throws has it too', () => {
    const error = thrown(() => thrower.outer({}))
    expect(error instanceof TypeError).toBe(true)
    expect(lines(error)[0]).toBe(`TypeError: ${error.message}`)
    expect(lines(thrown(() => notDefinedAnywhere))[0].startsWith('ReferenceError: ')).toBe(true)
  })

  test('frames name the function, the file, the line and the column, innermost first', () => {
    const [, inner, outer] = lines(thrown(() => thrower.outer({})))
    expect(inner).toMatch(/\binner \(.*lib\/thrower\.js:3:\d+\)/)
    expect(outer).toMatch(/\bouter \(.*lib\/thrower\.js:7:\d+\)/)
  })

  test('it is taken where the error is made', () => {
    const error = thrower.make(RangeError, 'made')
    expect(lines(error)[0]).toBe('RangeError: made')
    expect(error.stack).toContain('lib/thrower.js:11')
  })

  test('of a class of the app', () => {
    class ApiError extends Error {
      constructor(message, status) {
        super(message)
        this.name = 'ApiError'
        this.status = status
      }
    }
    const error = new ApiError('not found', 404)
    expect(lines(error)[0]).toMatch(/^(ApiError|Error): not found$/)
    expect(String(error)).toBe('ApiError: not found')
    expect(error.status).toBe(404)
    expect(error instanceof ApiError).toBe(true)
  })

  test('of errors in async functions', async () => {
    const fail = async () => {
      await null
      return thrower.outer({})
    }
    let error
    await fail().catch((caught) => {
      error = caught
    })
    expect(error.stack).toContain('lib/thrower.js:3')
  })

  test('it may be written, and is neither enumerable nor in JSON', () => {
    const error = new Error('x')
    expect(Object.keys(error)).toEqual([])
    expect(JSON.stringify(error)).toBe('{}')
    error.stack = 'mine'
    expect(error.stack).toBe('mine')
  })

  test('cause', () => {
    const cause = new Error('inner')
    expect(new Error('outer', { cause }).cause).toBe(cause)
  })
})
