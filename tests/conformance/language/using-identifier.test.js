// app: ../apps/plain
// Rests on: "using" is an ordinary name for apps; minified libraries and frameworks call variables so.

describe('using as a name', () => {
  const seen = require('lib/using')

  test('variables, parameters, loops, assignments', () => {
    expect(seen.using).toBe(7)
    expect(seen.total).toBe(7)
    expect(seen.added).toBe(5)
    expect(seen.arrow).toBe(8)
  })

  test('properties, shorthands, destructuring and methods keep the name', () => {
    expect(seen.keys).toEqual(['using', 'inner'])
    expect(seen.renamed).toBe(1)
    expect(seen.deep).toBe(3)
    expect(seen.method).toBe('method')
  })

  test('texts are left alone', () => {
    expect(seen.text).toBe('using')
    expect(seen.template).toBe('using 7')
  })
})
