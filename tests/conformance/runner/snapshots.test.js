// Rests on: Jest's documented snapshots; the texts are those of its pretty-format with the options for snapshots.

class Point {
  constructor(x) {
    this.x = x
  }
}
const self = { a: 1 }
self.self = self

test.each([
  [1, '1'], [-0, '-0'], [10n, '10n'], [null, 'null'], [undefined, 'undefined'], [Symbol('s'), 'Symbol(s)'],
  ['a "quoted" \\ word', '"a "quoted" \\ word"'], [() => {}, '[Function]'], [new Date(0), '1970-01-01T00:00:00.000Z'],
  [new TypeError('bad'), '[TypeError: bad]'], [/a+(b)/g, '/a\\+\\(b\\)/g'], [[], '[]'], [{}, '{}'], [new Map(), 'Map {}'],
  [[1, [2]], '\n[\n  1,\n  [\n    2,\n  ],\n]\n'], [{ b: 1, a: { c: 2 } }, '\n{\n  "a": {\n    "c": 2,\n  },\n  "b": 1,\n}\n'],
  [new Map([['k', 1]]), '\nMap {\n  "k" => 1,\n}\n'], [new Set([1]), '\nSet {\n  1,\n}\n'], [new Point(1), '\nPoint {\n  "x": 1,\n}\n'],
  [self, '\n{\n  "a": 1,\n  "self": [Circular],\n}\n'], [new Uint8Array([1, 2]), '\nUint8Array [\n  1,\n  2,\n]\n'],
  [Promise.resolve(), 'Promise {}'], ['two\nlines', '\n"two\nlines"\n'], [Object.create(null), '{}'],
  [{ toJSON: () => ({ j: 1 }) }, '\n{\n  "j": 1,\n}\n'], [jest.fn(), '[MockFunction]'],
  [[expect.any(Number), expect.stringContaining('x'), expect.anything()], '\n[\n  Any<Number>,\n  StringContaining "x",\n  Anything,\n]\n'],
])('%p is written as Jest does', (value, text) => {
  expect(value).toMatchInlineSnapshot(text)
})

test('stands in the test with its indentation', () => {
  expect({ a: [1] }).toMatchInlineSnapshot(`
    {
      "a": [
        1,
      ],
    }
  `)
})

test('properties need only match', () => {
  expect({ at: new Date(), id: 7 }).toMatchInlineSnapshot({ at: expect.any(Date) }, `
    {
      "at": Any<Date>,
      "id": 7,
    }
  `)
  expect(() => expect({ at: 1 }).toMatchInlineSnapshot({ at: expect.any(Date) }, '')).toThrow('do not match')
})

test('errors by their messages', async () => {
  expect(() => { throw new Error('thrown') }).toThrowErrorMatchingInlineSnapshot(`"thrown"`)
  await expect(Promise.reject(new Error('rejected'))).rejects.toThrowErrorMatchingInlineSnapshot(`"rejected"`)
})

test('in a file beside the test', () => {
  expect({ kept: true }).toMatchSnapshot()
  expect('with a hint').toMatchSnapshot('hint')
})

test('a difference is a failure with both texts', () => {
  expect(() => expect(1).toMatchInlineSnapshot('2')).toThrow('toMatchInlineSnapshot failed')
  expect(() => expect(1).not.toMatchSnapshot()).toThrow('.not cannot be used')
})

test('a serializer of the test', () => {
  expect.addSnapshotSerializer({ test: (v) => v instanceof Point, print: (v, print) => 'point at ' + print(v.x) })
  expect([new Point(3)]).toMatchInlineSnapshot(`
    [
      point at 3,
    ]
  `)
})
