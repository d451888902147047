// app: fixtures/apps/notes/1.0.0
// Rests on: Node.js's rules for modules, by which suites written for Jest are put together: a path counts from the file
// that names it. The app's modules are also found by their paths from its root, as on the platform.
import todos from './__fixtures__/todos.json'
import { install } from './__fixtures__/matchers'
import { expect as ofJest, jest as itself } from '@jest/globals'

install()
const counter = require('./__fixtures__/counter')

test('helpers and data stand beside the test', () => {
  expect(todos).toHaveLength(2)
  expect(counter.titles()).toEqual(['milk', 'bread'])
  expect(counter.circle()).toBe('circle of 2')
  expect(todos[1]).toBeDone()
  expect(() => expect(todos[0]).toBeDone()).toThrow('milk is not done')
})

test('a module is one, by whichever name', () => {
  expect(require('../runner/__fixtures__/counter.js')).toBe(counter)
  expect(require('./__fixtures__/todos')).toBe(require('./__fixtures__/todos.json'))
})

test('each file knows where it is', () => {
  expect(counter.where).toEqual([__dirname + '/__fixtures__', __dirname + '/__fixtures__/counter.js'])
  expect(__filename).toBe(__dirname + '/requires.test.ts')
  expect(require(__dirname + '/__fixtures__/counter')).toBe(counter)
})

test("the app's modules are the app's own, by their place on the disk and by their path in the app", () => {
  const beside = require('../../../fixtures/apps/notes/1.0.0/utils/id')
  expect(beside).toBe(require('./utils/id'))
  expect(beside).toBe(require('/utils/id.js'))
})

test('an app finds nothing of its test', () => {
  expect(() => require('./utils/id').constructor.constructor('return 1')()).toThrow()
  expect(typeof (globalThis as any).__filename).toBe('undefined')
})

test('what is not there is told with where it was looked for', () => {
  expect(() => require('./__fixtures__/none')).toThrow("module '__fixtures__/none.js' is not defined, require args is './__fixtures__/none': it is neither beside")
  expect(() => require('./__fixtures__/none')).toThrow('runner/requires.test.ts nor in the app')
  expect(() => require('none')).toThrow('neither the app nor a node_modules folder above')
  expect(() => require('node:fs')).toThrow('one of Node.js')
  expect(() => require('fs/promises')).toThrow('one of Node.js')
})

test('data that is none is told with its place', () => {
  let error: any
  try {
    require('./__fixtures__/spoiled.json')
  } catch (e) {
    error = e
  }
  expect(error).toBeInstanceOf(SyntaxError)
  expect(error.message).toContain('no JSON')
  expect(error.stack).toContain('spoiled.json:2:12')
})

test('the words of Jest can be imported', () => {
  ofJest(itself).toBe(jest)
  ofJest(itself.requireActual('./__fixtures__/counter')).toBe(counter)
})
