// app: ../apps/builtin
// Rests on: the platform's form components: what they tell and what a form collects.

const { log } = getApp().globalData
const turn = () => new Promise((done) => setTimeout(done, 10))
const at = (id) => device.element('#' + id)
const told = () => log.splice(0)

beforeEach(async () => {
  await wx.reLaunch({ url: '/pages/form/form' })
  await turn()
  log.length = 0
})

const whole = { name: 'Ada', note: 'long', fruits: ['pear'], colour: 'red', on: false, size: 13, one: 1, day: '2026-01-02', own: 'mine' }

describe('form', () => {
  test('gives the values of all fields that have a name when its button is tapped, after the button\'s own tap', () => {
    at('send').tap()
    const [tap, submit] = told()
    expect(tap.slice(0, 2)).toEqual(['send', 'tap'])
    expect(submit.slice(0, 2)).toEqual(['form', 'submit'])
    expect(submit[2].value).toEqual(whole)
    expect(submit[2].target.id).toBe('send')
  })

  test('is sent by a component that has a button of it', () => {
    const inner = device.element('#sender >>> .inner')
    log.length = 0
    inner.tap()
    expect(told().map((e) => e[1])).toEqual(['submit'])
  })

  test('is empty after a reset', () => {
    at('clear').tap()
    expect(told().map((e) => e.slice(0, 2))).toEqual([['form', 'reset']])
    at('send').tap()
    expect(told()[1][2].value).toEqual({ ...whole, name: '', note: '', fruits: [], colour: '', size: 10, one: 0, day: '' })
  })

  test('hears nothing of a disabled button, which is not even tapped', () => {
    at('dead').tap()
    expect(told()).toEqual([])
  })
})

describe('input', () => {
  test('has the keyboard, tells what is written, and is written no longer than it may', () => {
    at('name').do('input', 'Augusta')
    expect(told()).toEqual([['name', 'focus', { value: 'Ada', height: 0 }], ['name', 'input', { value: 'Augus', cursor: 5, keyCode: 115 }]])
    expect(at('name').property('value')).toBe('Augus')
    at('note').tap()
    expect(told().map((e) => e.slice(0, 2))).toEqual([['name', 'blur'], ['note', 'focus']])
  })

  test('is confirmed with its value, and loses the keyboard', () => {
    at('name').do('input', 'Bob')
    at('name').do('confirm')
    expect(told().slice(2)).toEqual([['name', 'confirm', { value: 'Bob' }], ['name', 'blur', { value: 'Bob', cursor: 3 }]])
  })

  test('holds what its handler returns', () => {
    at('upper').do('input', 'abc')
    expect(at('upper').property('value')).toBe('ABC')
  })

  test('takes the value that is set again', () => {
    const page = getCurrentPages()[0]
    at('name').do('input', 'x')
    page.setData({ name: 'Grace' })
    expect(at('name').property('value')).toBe('Grace')
  })

  test('changes the data by model:', () => {
    at('two').do('input', 'b')
    expect(getCurrentPages()[0].data.two).toBe('b')
    at('bound').tap()
    expect(getCurrentPages()[0].data.on).toBe(true)
    expect(at('on').property('checked')).toBe(true)
  })
})

describe('checkbox, radio and switch', () => {
  test('a group tells the values of those that are checked', () => {
    at('apple').tap()
    at('pear').tap()
    at('plum').tap()
    expect(told()).toEqual([['fruits', 'change', { value: ['apple', 'pear'] }], ['fruits', 'change', { value: ['apple'] }]])
  })

  test('a label passes a tap on to its control, once', () => {
    at('apple-text').tap()
    expect(told()).toEqual([['fruits', 'change', { value: ['apple', 'pear'] }]])
    at('apple').tap()
    expect(told()).toEqual([['fruits', 'change', { value: ['pear'] }]])
    at('for-blue').tap()
    expect(told()).toEqual([['colours', 'change', { value: 'blue' }]])
  })

  test('of a group one radio is checked, and tells it when it was not', () => {
    at('red').tap()
    expect(told()).toEqual([])
    at('blue').tap()
    expect(told()).toEqual([['colours', 'change', { value: 'blue' }]])
    expect([at('red').property('checked'), at('blue').property('checked')]).toEqual([false, true])
  })

  test('a switch tells true and false', () => {
    at('on').tap()
    at('on').do('tap')
    expect(told()).toEqual([['on', 'change', { value: true }], ['on', 'change', { value: false }]])
  })
})

describe('slider and picker', () => {
  test('a slider stops at its steps and its ends', () => {
    at('size').do('slideTo', 17.4)
    at('size').do('slideTo', 99)
    expect(told().map((e) => e[2].value)).toEqual([16, 19])
  })

  test('a slider follows a finger along its track', () => {
    const finger = (pageX) => ({ touches: [{ pageX, pageY: 5 }] })
    at('level').touchstart(finger(0))
    at('level').touchmove(finger(50))
    at('level').touchmove(finger(120))
    at('level').touchend()
    expect(told()).toEqual([['level', 'changing', { value: 25 }], ['level', 'changing', { value: 60 }], ['level', 'change', { value: 60 }]])
    at('level').tap()
    expect(at('level').property('value')).toBe(60)
  })

  test('a picker tells what is chosen, and that nothing is', () => {
    at('one').do('pick', 2)
    at('one').do('cancel')
    at('day').do('pick', '2026-03-04')
    expect(told()).toEqual([['one', 'change', { value: 2 }], ['one', 'cancel', {}], ['day', 'change', { value: '2026-03-04' }]])
  })
})

describe('button', () => {
  test('shares the page and says so', () => {
    at('share').tap()
    expect(told()).toEqual([['page', 'share', 'button', 'share']])
  })

  test('opens the settings and tells what they are then', async () => {
    at('setting').tap()
    await turn()
    const [[id, type, detail]] = told()
    expect([id, type]).toEqual(['setting', 'opensetting'])
    expect(detail.errMsg).toBe('openSetting:ok')
  })

  const asked = async (id, answer) => {
    if (answer !== undefined) device.answer(...answer)
    at(id).tap()
    await turn()
    return told()
  }
  test('gets a code for the phone number, or what the person answers', async () => {
    expect(await asked('phone')).toEqual([['phone', 'getphonenumber', { errMsg: 'getPhoneNumber:ok', code: 'the code is a mock one', encryptedData: '', iv: '' }]])
    expect(await asked('phone', ['getPhoneNumber', 'cancel'])).toEqual([['phone', 'getphonenumber', { errMsg: 'getPhoneNumber:fail user deny' }]])
    expect((await asked('phone', ['getPhoneNumber', { code: 'c1', iv: 'i' }]))[0][2]).toEqual({ errMsg: 'getPhoneNumber:ok', code: 'c1', encryptedData: '', iv: 'i' })
    expect((await asked('phone', ['getPhoneNumber', { fail: 'no permission' }]))[0][2]).toEqual({ errMsg: 'getPhoneNumber:fail no permission' })
    expect(await asked('realtime', ['getRealtimePhoneNumber', 'c2'])).toEqual([['realtime', 'getrealtimephonenumber', { errMsg: 'getRealtimePhoneNumber:ok', code: 'c2' }]])
  })

  test('opens an app only where an app has opened the mini program', async () => {
    expect(await asked('app')).toEqual([['app', 'error', { errMsg: 'invalid scene' }]])
  })

  test('agrees to the privacy terms and asks, by one tap', async () => {
    expect((await asked('both')).map((e) => [e[1], e[2].errMsg])).toEqual([['agreeprivacyauthorization', 'agreePrivacyAuthorization:ok'], ['getphonenumber', 'getPhoneNumber:ok']])
  })

  test('does what it is for where its own tap, or one around it, is caught', () => {
    at('caught').tap()
    expect(told().map((e) => e.slice(0, 2))).toEqual([['caught', 'tap'], ['page', 'share']])
    device.element('#deep').tap()
    expect(told().map((e) => e.slice(0, 2))).toEqual([['page', 'share']])
    device.element('#shield').tap()
    expect(told().map((e) => e.slice(0, 2))).toEqual([['shield', 'tap']])
  })
})
