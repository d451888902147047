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

test('switch and checkbox tell what they are after a tap', () => {
  at('#switch >>> .t-switch').tap()
  at('#checkbox >>> .t-checkbox').tap()
  const [first, second] = told()
  expect([first[0], first[2].value]).toEqual(['switch', true])
  expect([second[0], second[2].checked]).toEqual(['checkbox', true])
})

test('a stepper counts up and down', () => {
  at('#stepper >>> .t-stepper__plus').tap()
  at('#stepper >>> .t-stepper__plus').tap()
  at('#stepper >>> .t-stepper__minus').tap()
  expect(told().map((e) => e[2].value)).toEqual([2, 3, 2])
})

test('an input tells what is written', () => {
  at('#input >>> input').do('input', 'abc')
  const [[id, type, detail]] = told()
  expect([id, type, detail.value]).toEqual(['input', 'change', 'abc'])
})

test('a collapse tells which panels are open', async () => {
  at('#panel >>> .t-collapse-panel__title').tap()
  await turn()
  expect(told().map(([id, type, detail]) => [id, type, detail.value])).toEqual([['collapse', 'change', ['a']]])
})

test('a button is tapped', () => {
  at('#button >>> button').tap()
  expect(told().map((e) => e.slice(0, 2))).toEqual([['button', 'tap']])
})
