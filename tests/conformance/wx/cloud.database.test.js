// cloud: ../cloud
// Rests on: the vendor's cloud database guide: queries, commands, the limit of 20, results and error codes.

wx.cloud.init()
const db = wx.cloud.database()
const _ = db.command
const todos = db.collection('todos')
const ids = (res) => res.data.map((doc) => doc._id)
const found = async (query) => ids(await todos.where(query).get())
const failure = (promise) => promise.then(() => { throw new Error('succeeded') }, (e) => ({ errCode: e.errCode, errMsg: e.errMsg }))

describe('reading', () => {
  test('get gives documents by promise and by callbacks', async () => {
    const res = await todos.get()
    expect(res.errMsg).toBe('collection.get:ok')
    expect(ids(res)).toEqual(['t1', 't2', 't3'])
    expect(res.data[0].due).toBeInstanceOf(Date)
    expect(await new Promise((success, fail) => todos.get({ success, fail }))).toEqual(res)
  })

  test('a document', async () => {
    const res = await todos.doc('t1').get()
    expect([res.errMsg, res.data.title]).toEqual(['document.get:ok', 'buy milk'])
    expect(await failure(todos.doc('no').get())).toEqual({ errCode: -1, errMsg: 'document.get:fail document with _id no does not exist' })
  })

  test('a collection that is not there', async () => {
    const error = await failure(db.collection('nowhere').get())
    expect(error.errCode).toBe(-502005)
    expect(error.errMsg).toContain('collection.get:fail -502005 database collection not exists. [ResourceNotFound] Db or Table not exist')
    expect((await failure(db.collection('nowhere').add({ data: {} }))).errMsg).toContain('collection.add:fail -502005')
  })

  test('not more than 20 at once', async () => {
    const many = db.collection('many')
    expect((await many.get()).data.length).toBe(20)
    expect((await many.limit(100).get()).data.length).toBe(20)
    expect(ids(await many.skip(28).get())).toEqual(['n28', 'n29'])
    expect(ids(await many.orderBy('n', 'desc').skip(1).limit(2).get())).toEqual(['n28', 'n27'])
    expect(await many.count()).toEqual({ errMsg: 'collection.count:ok', total: 30 })
    expect((await many.where({ n: _.gte(25) }).count()).total).toBe(5)
  })

  test('order by kinds and several fields', async () => {
    expect(ids(await todos.orderBy('due', 'asc').get())).toEqual(['t3', 't2', 't1'])
    expect(ids(await todos.orderBy('done', 'desc').orderBy('progress', 'desc').get())).toEqual(['t2', 't3', 't1'])
    expect(ids(await todos.orderBy('style.size', 'desc').limit(1).get())).toEqual(['t2'])
  })

  test('fields', async () => {
    expect((await todos.doc('t1').field({ title: true, 'style.color': true }).get()).data).toEqual({ _id: 't1', title: 'buy milk', style: { color: 'red' } })
    expect((await todos.field({ _id: false, title: true }).get()).data[1]).toEqual({ title: 'write tests' })
    expect(Object.keys((await todos.where({ _id: 't3' }).field({ tags: false, scores: false }).get()).data[0])).toEqual(['_id', 'title', 'done', 'progress'])
  })
})

test.each([
  ['a value', { done: false }, ['t1', 't3']],
  ['a nested object', { style: { color: 'red' } }, ['t1']],
  ['a dotted path', { 'style.color': 'white' }, ['t2']],
  ['a list that has it', { tags: 'home' }, ['t1']],
  ['a whole list', { tags: ['work'] }, ['t2']],
  ['an item by its place', { 'tags.1': 'shop' }, ['t1']],
  ['objects in a list', { 'scores.n': 9 }, ['t3']],
  ['eq', { progress: _.eq(50) }, ['t3']],
  ['eq of an object', { 'style.size': _.eq(3) }, ['t1']],
  ['neq', { progress: _.neq(50) }, ['t1', 't2']],
  ['gt and lt', { progress: _.gt(10).and(_.lt(100)) }, ['t3']],
  ['chained', { progress: _.gte(10).lte(50) }, ['t1', 't3']],
  ['or of values', { progress: _.or(_.lt(20), _.gt(90)) }, ['t1', 't2']],
  ['or in a list', { progress: _.or([_.eq(10), _.eq(50)]) }, ['t1', 't3']],
  ['or of queries', _.or([{ done: true }, { title: 'buy milk' }]), ['t1', 't2']],
  ['and of queries', _.and({ done: false }, { progress: _.gt(20) }), ['t3']],
  ['nor', _.nor([{ done: true }, { progress: 10 }]), ['t3']],
  ['not', { progress: _.not(_.eq(10)) }, ['t2', 't3']],
  ['in', { progress: _.in([10, 100]) }, ['t1', 't2']],
  ['nin', { _id: _.nin(['t1', 't2']) }, ['t3']],
  ['exists', { scores: _.exists(true) }, ['t3']],
  ['exists not', { due: _.exists(false) }, ['t3']],
  ['mod', { progress: _.mod(30, 10) }, ['t1', 't2']],
  ['all', { tags: _.all(['shop', 'home']) }, ['t1']],
  ['size', { tags: _.size(0) }, ['t3']],
  ['elemMatch', { scores: _.elemMatch({ name: 'b', n: _.gt(5) }) }, ['t3']],
  ['elemMatch not across items', { scores: _.elemMatch({ name: 'a', n: _.gt(5) }) }, []],
  ['a pattern', { title: db.RegExp({ regexp: 'call', options: 'i' }) }, ['t3']],
  ['a regular expression', { title: /^write/ }, ['t2']],
  ['dates', { due: _.lt(new Date('2026-01-03')) }, ['t2']],
  ['nothing of another kind', { title: _.gt(5) }, []],
])('where finds %s', async (title, query, expected) => {
  expect(await found(query)).toEqual(expected)
})

describe('changing', () => {
  const notes = db.collection('empty')

  test('add gives an id and the owner', async () => {
    const { _id, errMsg } = await notes.add({ data: { a: 1, at: db.serverDate(), where: db.Geo.Point(113, 23), none: undefined } })
    expect(errMsg).toBe('collection.add:ok')
    const { data } = await notes.doc(_id).get()
    expect(data.at).toEqual(new Date())
    expect({ ...data, at: 0 }).toEqual({ _id, _openid: 'oFixtureUser', a: 1, at: 0, where: { type: 'Point', coordinates: [113, 23] } })
    expect(ids(await notes.where({ _openid: '{openid}' }).get())).toEqual([_id])
    expect((await notes.add({ data: { _id: 'own' } }))._id).toBe('own')
    expect((await failure(notes.add({ data: { _id: 'own' } }))).errCode).toBe(-502001)
    expect((await failure(notes.add({}))).errMsg).toContain('parameter.data should be object instead of undefined;')
  })

  test('set creates or replaces', async () => {
    expect(await notes.doc('s').set({ data: { a: 1, b: 2 } })).toEqual({ errMsg: 'document.set:ok', _id: 's', stats: { updated: 0, created: 1 } })
    expect((await notes.doc('s').set({ data: { c: 3 } })).stats).toEqual({ updated: 1, created: 0 })
    expect((await notes.doc('s').get()).data).toEqual({ _id: 's', _openid: 'oFixtureUser', c: 3 })
    expect((await failure(notes.doc('s').set({ data: { _id: 'x' } }))).errCode).toBe(-401002)
  })

  test.each([
    ['values and nested objects', { a: 2, o: { y: 2 } }, { a: 2, o: { x: 1, y: 2 } }],
    ['a dotted path', { 'o.x': 5, 'p.q': 1 }, { o: { x: 5 }, p: { q: 1 } }],
    ['set', { o: _.set({ z: 1 }) }, { o: { z: 1 } }],
    ['remove', { a: _.remove() }, { a: undefined }],
    ['inc and mul', { a: _.inc(2), n: _.inc(1), 'o.x': _.mul(3) }, { a: 3, n: 1, o: { x: 3 } }],
    ['min and max', { a: _.min(0), 'o.x': _.max(9) }, { a: 0, o: { x: 9 } }],
    ['rename', { a: _.rename('b') }, { a: undefined, b: 1 }],
    ['push', { l: _.push(4) }, { l: [3, 1, 2, 4] }],
    ['push of a list', { l: _.push([4, 5]) }, { l: [3, 1, 2, 4, 5] }],
    ['push with place, order and slice', { l: _.push({ each: [0], position: 1, sort: 1, slice: 2 }) }, { l: [0, 1] }],
    ['pop', { l: _.pop() }, { l: [3, 1] }],
    ['shift', { l: _.shift() }, { l: [1, 2] }],
    ['unshift', { l: _.unshift([8, 9]) }, { l: [8, 9, 3, 1, 2] }],
    ['addToSet', { l: _.addToSet({ each: [1, 7] }) }, { l: [3, 1, 2, 7] }],
    ['pull', { l: _.pull(_.gt(1)) }, { l: [1] }],
    ['pullAll', { l: _.pullAll([1, 3]) }, { l: [2] }],
  ])('update with %s', async (title, data, expected) => {
    await notes.doc('u').set({ data: { a: 1, l: [3, 1, 2], o: { x: 1 } } })
    expect(await notes.doc('u').update({ data })).toEqual({ errMsg: 'document.update:ok', stats: { updated: 1 } })
    const whole = { _id: 'u', _openid: 'oFixtureUser', a: 1, l: [3, 1, 2], o: { x: 1 }, ...expected }
    expect((await notes.doc('u').get()).data).toEqual(JSON.parse(JSON.stringify(whole)))
  })

  test('update and remove by a query', async () => {
    expect(await todos.where({ done: false }).update({ data: { seen: true } })).toEqual({ errMsg: 'collection.update:ok', stats: { updated: 2 } })
    expect(await found({ seen: true })).toEqual(['t1', 't3'])
    expect((await todos.doc('no').update({ data: { a: 1 } })).stats).toEqual({ updated: 0 })
    expect(await todos.where({ done: true }).remove()).toEqual({ errMsg: 'collection.remove:ok', stats: { removed: 1 } })
    expect(await todos.doc('t1').remove()).toEqual({ errMsg: 'document.remove:ok', stats: { removed: 1 } })
    expect(ids(await todos.get())).toEqual(['t3'])
    expect((await failure(todos.doc('t1').remove())).errCode).toBe(-1)
  })

  test('changes at the same time all count', async () => {
    await notes.doc('c').set({ data: { n: 0 } })
    await Promise.all([1, 2, 3].map(() => notes.doc('c').update({ data: { n: _.inc(1) } })))
    expect((await notes.doc('c').get()).data.n).toBe(3)
  })

  test('a date comes back as a date', async () => {
    const at = new Date('2020-02-02T02:02:02.020Z')
    await notes.doc('d').set({ data: { at, list: [at] } })
    const { data } = await notes.doc('d').get()
    expect([data.at, data.list[0]]).toEqual([at, at])
    expect(data.at).not.toBe(at)
  })
})

test('what is not played says so', async () => {
  const warn = spyOn(console, 'warn').mockImplementation(() => {})
  const error = await new Promise((onError) => todos.where({}).watch({ onChange() {}, onError }).close())
  expect(error.errMsg).toBe('collection.watch:fail not supported')
  expect(warn.mock.calls[0][0]).toContain('collection.watch is not supported here')
  warn.mockRestore()
  expect(() => todos.aggregate()).toThrow('collection.aggregate:fail not supported')
  expect(() => _.geoNear({})).toThrow('command.geoNear:fail not supported')
  expect(() => todos.where()).toThrow('parameter query should be object')
})
