// app: ../apps/plain
// Rests on: ECMA-262, lexical this: an arrow function has the this of the nearest function around it that is no arrow function.

const object = {
  name: 'object',
  blocks() { return [1].map((x) => { return [2].map((y) => { return this.name }) })[0][0] },
  expressions() { return (() => () => () => this.name)()()() },
  mixed() { return ((a) => { const f = async (b) => a + b; return [f].map(() => this.name) })(1)[0] },
  choice(yes) { return ((y) => y ? () => this.name : () => [1].map(() => this.name + '!')[0])(yes)() },
  literal() { return (() => ({ get: () => this.name, other: [() => this] }))().get() },
  defaults() { return ((f = () => this.name) => () => f())()() },
  template() { return (() => `${[1].map(() => this.name)}`)() },
  later() { return new Promise((done) => { setTimeout(() => { Promise.resolve().then(() => done(this.name)) }) }) },
  async waits() { return await (async x => (await (async () => this.name)()) + x)('!') },
  chained() { return Promise.resolve([1]).then(list => list.map(n => this.name)).then(names => names[0]) },
  strict() { return (() => { 'use strict'; return (() => this.name)() })() },
  inner() { return (() => ({ name: 'inner', get() { return (() => () => this.name)()() } }))().get() },
}

describe('this of arrow functions within arrow functions', () => {
  for (const name of ['blocks', 'expressions', 'mixed', 'literal', 'defaults', 'template', 'later', 'chained', 'strict']) {
    test(name, async () => expect(await object[name]()).toBe('object'))
  }

  test('conditional bodies', () => {
    expect(object.choice(true)).toBe('object')
    expect(object.choice(false)).toBe('object!')
  })

  test('asynchronous arrow functions', async () => expect(await object.waits()).toBe('object!'))

  test('a method in between has its own', () => expect(object.inner()).toBe('inner'))

  test('classes', () => {
    class Base {
      constructor() { this.name = 'instance'; this.own = () => () => this.name }
      field = () => () => this.name
      method() { return [1].map(() => [2].map(() => this.name)[0])[0] }
    }
    class Derived extends Base {
      constructor() { (() => () => super())()(); this.late = (() => () => this.name)()() }
    }
    const made = new Derived()
    expect([made.own()(), made.field()(), made.method(), made.late]).toEqual(Array(4).fill('instance'))
  })

  test('without semicolons', () => {
    const made = {
      name: 'made',
      go() {
        const one = x => x
        const two = y => z => this.name
        const three = () => [1].map(() => this.name)
        return [one(1), two(1)(2), three()[0]]
      }
    }
    expect(made.go()).toEqual([1, 'made', 'made'])
  })

  test('errors keep their columns', () => {
    const places = []
    const at = (error) => places.push(Number(/:(\d+)\)?$/.exec(error.stack.split('\n')[1])[1]))
    const run = { go() { return (() => () => { at(new Error('here')); return [this].map(() => at(new Error('there'))) })()() } }
    run.go()
    const source = `    const run = { go() { return (() => () => { at(new Error('here')); return [this].map(() => at(new Error('there'))) })()() } }`
    expect(places).toEqual([source.indexOf("new Error('here')") + 1, source.indexOf("new Error('there')") + 1])
  })
})
