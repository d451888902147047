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

test('switch, checkbox and button tell a tap', () => {
  at('#switch >>> .van-switch').tap()
  at('#checkbox >>> .van-checkbox__icon-wrap').tap()
  at('#button >>> .van-button').tap()
  at('#dead >>> .van-button').tap()
  expect(told().map(([id, type, detail]) => [id, type, id === 'button' ? undefined : detail])).toEqual([
    ['switch', 'change', true], ['checkbox', 'change', true], ['button', 'click', undefined],
  ])
})

test('a stepper counts, and takes a number that is written, then and when it is left', async () => {
  at('#stepper >>> .van-stepper__plus').tap()
  at('#stepper >>> .van-stepper__plus').tap()
  at('#stepper >>> .van-stepper__minus').tap()
  at('#stepper >>> input').do('input', '7')
  at('#stepper >>> input').do('blur')
  await turn()
  expect(told().map((e) => Number(e[2]))).toEqual([2, 3, 2, 7, 7])
})

test('a field tells what is written', async () => {
  at('#field >>> input').do('input', 'abc')
  await turn()
  expect(told()).toEqual([['field', 'change', 'abc']])
})

test('a collapse opens its item, and tabs go to a tab', async () => {
  at('#item >>> .van-cell').tap()
  await turn()
  expect(told()).toEqual([['collapse', 'change', ['a']]])
  expect(at('#item').data.expanded).toBe(true)
  device.elements('#tabs >>> .van-tab')[1].tap()
  await turn()
  expect(told().map(([id, type, detail]) => [id, type, detail.index, detail.title])).toEqual([['tabs', 'change', 1, 'two']])
})

test('a dialog is opened by a call, and answered by a tap', async () => {
  const Dialog = require('@vant/weapp/dialog/dialog').default
  const answer = Dialog.confirm({ title: 'Sure?', message: 'really' })
  await turn(500)
  expect(at('#van-dialog').data.show).toBe(true)
  device.elements('#van-dialog >>> .van-dialog__button')[1].element('button').tap()
  expect(await answer.then((component) => component.data.title)).toBe('Sure?')
})
