// app: ../apps/view
// Rests on: the platform's wx:for with and without keys: a tree shows its data, however the data got there.

const open = async () => {
  await wx.reLaunch({ url: '/pages/index/index' })
  await wx.navigateTo({ url: '/pages/lists/lists' })
  await new Promise((done) => setTimeout(done, 0))
  return getCurrentPages()[1]
}
const shown = (page) => {
  const of = (name) => page.selectAllComponents('.' + name).map((c) => c.data.v)
  return Object.fromEntries(['own', 'keyless', 'outer', 'cond', 'inner', 'words', 'script', 'given'].map((name) => [name, of(name)]))
}
const expected = ({ items, words, chosen, mark, shown }) => ({
  own: items.map((item, index) => index + item.name),
  keyless: items.map((item, index) => index + item.name),
  outer: items.map((item) => item.name + (item.id === chosen ? mark : '')),
  cond: items.filter((item) => item.on && shown).map((item) => item.name),
  inner: items.flatMap((row) => row.parts.map((part) => row.name + part)),
  words: words.map((word, index) => index + word),
  script: items.map((item) => item.name + item.name),
  given: items.map((item) => item.name + mark),
})
const item = (id, name, on, parts) => ({ id, name, on, parts })

const CHANGES = {
  'a field of one item': { 'items[1].name': 'B' },
  'a field of several': { 'items[0].name': 'A', 'items[2].name': 'C' },
  'a field of an item that decides whether it is there': { 'items[1].on': true },
  'a list in an item': { 'items[0].parts[1]': 'w' },
  'an item that keeps its key': { 'items[1]': item(2, 'new', true, ['n']) },
  'an item with another key': { 'items[1]': item(9, 'new', true, ['n']) },
  'a key': { 'items[0].id': 7 },
  'a key that another item has': { 'items[0].id': 3, 'items[1].name': 'B' },
  'one item more': { 'items[3]': item(4, 'd', true, ['q']) },
  'a field that items use': { chosen: 3 },
  'a field that items use, and an item': { mark: '?', 'items[2].name': 'C' },
  'a field that decides for all': { shown: false, 'items[0].name': 'A' },
  'a field that no item uses': { other: 1 },
  'a word': { 'words[0]': 'zero' },
  'a word that stays': { 'words[0]': 'one', mark: '.' },
  'the whole list': { items: [item(3, 'c', true, []), item(1, 'a', false, ['x']), item(5, 'e', true, ['y', 'z'])] },
  'a shorter list, and a field of an item of it': { items: [item(1, 'a', true, [])], 'items[0].name': 'A' },
  'no list': { items: [] },
}

describe('lists show their data after a change of', () => {
  for (const [what, change] of Object.entries(CHANGES)) {
    test(what, async () => {
      const page = await open()
      expect(shown(page)).toEqual(expected(page.data))
      page.setData(change)
      expect(shown(page)).toEqual(expected(page.data))
      // And it goes on from there.
      if (page.data.items.length) page.setData({ 'items[0].name': 'last' })
      page.setData({ mark: '#', chosen: 1 })
      expect(shown(page)).toEqual(expected(page.data))
    })
  }
})

test('an item whose key stays keeps its component', async () => {
  const page = await open()
  const before = page.selectAllComponents('.own')
  page.setData({ 'items[1]': item(2, 'new', true, []) })
  expect(page.selectAllComponents('.own')).toEqual(before)
  page.setData({ items: [page.data.items[1], page.data.items[0]] })
  const after = page.selectAllComponents('.own')
  expect(after[0] === before[1] && after[1] === before[0]).toBe(true)
})
