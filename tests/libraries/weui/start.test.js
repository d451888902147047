// app: ./app
// Rests on: what the library documents of its components' events.

const { log } = getApp().globalData
const turn = (ms) => new Promise((done) => setTimeout(done, ms || 50))
const at = (selector) => device.element(selector)
const told = () => log.splice(0)

beforeEach(async () => {
  await wx.reLaunch({ url: '/pages/start/start' })
  await turn()
  log.length = 0
})

test('a group tells which checkboxes are picked', async () => {
  at('#two >>> label').tap()
  await turn()
  expect(told().map(([id, type, detail]) => [id, type, detail.value])).toEqual([['group', 'change', ['2']]])
})

test('a search bar has the keyboard and tells what is written', async () => {
  at('#bar >>> .weui-search-bar__label').tap()
  await turn()
  at('#bar >>> input').do('input', 'abc')
  expect(told().map(([id, type, detail]) => [id, type, detail.value])).toEqual([['bar', 'focus', ''], ['bar', 'input', 'abc']])
})

test('a dialog tells which button is tapped', () => {
  device.elements('#dialog >>> .weui-dialog__btn')[1].tap()
  const [[id, type, detail]] = told()
  expect([id, type, detail.index, detail.item.text]).toEqual(['dialog', 'buttontap', 1, 'Yes'])
})
