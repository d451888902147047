// app: ../apps/builtin
// Rests on: the platform's editor and EditorContext, whose contents are a list of inserts.

const { log } = getApp().globalData
const wait = (ms) => new Promise((done) => setTimeout(done, ms))
const told = (type) => log.filter((e) => e[1] === type).map((e) => e[2])
let editor
const call = (name, options) => new Promise((success, fail) => editor[name]({ ...options, success, fail }))

beforeEach(async () => {
  await wx.reLaunch({ url: '/pages/editor/editor' })
  log.length = 0
  device.element('#editor')
  await wait(10)
  const [{ context }] = await new Promise((done) => wx.createSelectorQuery().select('#editor').context().exec(done))
  editor = context
})

test('an editor is ready, and its context is one and the same', async () => {
  expect(told('ready')).toEqual([{}])
  const [{ context }] = await new Promise((done) => wx.createSelectorQuery().select('#editor').context().exec(done))
  expect(context === editor).toBe(true)
})

test('what is written is told, and is there as text, as markup and as a list', async () => {
  expect(await call('insertText', { text: 'one' })).toEqual({ errMsg: 'insertText:ok' })
  editor.format('bold')
  await call('insertText', { text: ' two\n' })
  await call('insertImage', { src: 'a.png', alt: 'a', data: { id: 1 } })
  await call('insertDivider')
  expect(told('statuschange')).toEqual([{ bold: true }])
  expect(told('input').length).toBe(4)
  const { errMsg, text, html, delta } = await call('getContents')
  expect([errMsg, text]).toEqual(['getContents:ok', 'one two\n\n'])
  expect(html).toBe('<p>one<strong> two</strong></p><p><img src="a.png"><hr></p>')
  expect(delta.ops).toEqual([
    { insert: 'one' }, { insert: ' two\n', attributes: { bold: true } },
    { insert: { image: 'a.png' }, attributes: { alt: 'a', 'data-custom': 'id=1' } }, { insert: { divider: true } }, { insert: '\n' },
  ])
})

test('what is set is what comes out, from markup and from a list', async () => {
  await call('setContents', { html: '<p>a &amp; <b>b</b></p><p><img src="x.png"></p>' })
  const first = await call('getContents')
  expect([first.text, first.html]).toEqual(['a & b\n\n', '<p>a &amp; <strong>b</strong></p><p><img src="x.png"></p>'])
  await call('setContents', { delta: { ops: [{ insert: 'kept\n' }] } })
  expect((await call('getContents')).delta.ops).toEqual([{ insert: 'kept\n' }])
})

test('a step is taken back and made again', async () => {
  await call('insertText', { text: 'a' })
  await call('clear')
  await call('undo')
  expect(device.element('#editor').property('value')).toBe('a\n')
  await call('redo')
  expect(device.element('#editor').property('value')).toBe('\n')
})

test('what needs a cursor is refused', async () => {
  await expect(call('getSelection')).rejects.toEqual({ errMsg: 'getSelection:fail not supported' })
})

test('a person writes in it', () => {
  device.element('#editor').do('input', 'typed')
  expect(told('input')[0].text).toBe('typed\n')
})
