// Rests on: the platform's reference of wx.showModal, and what its base library is seen to do
// (limits in UTF-16 units, texts of failures).

const ask = (options) => wx.showModal(Object.assign({ title: 'Update', content: 'Restart?' }, options))

test('confirmed', async () => {
  device.ui.answer('confirm')
  await expect(ask()).resolves.toEqual({ errMsg: 'showModal:ok', confirm: true, cancel: false, content: '' })
})

test('cancelled is a success', async () => {
  device.ui.answer('cancel')
  await expect(ask()).resolves.toEqual({ errMsg: 'showModal:ok', confirm: false, cancel: true, content: '' })
})

test('defaults', () => {
  wx.showModal({})
  expect(device.ui.prompt()).toMatchObject({
    title: '',
    content: '',
    showCancel: true,
    cancelText: '取消',
    cancelColor: '#000000',
    confirmText: '确定',
    confirmColor: '#576B95',
    editable: false,
    placeholderText: '',
  })
  device.ui.answer('cancel')
})

test('an empty button text shows the default', () => {
  wx.showModal({ confirmText: '', cancelText: '' })
  expect(device.ui.prompt()).toMatchObject({ confirmText: '确定', cancelText: '取消' })
  device.ui.answer('cancel')
})

test('the input\'s text comes back when confirmed', async () => {
  device.ui.answer({ text: 'hello' })
  await expect(ask({ editable: true })).resolves.toMatchObject({ confirm: true, content: 'hello' })
  device.ui.answer('cancel')
  await expect(ask({ editable: true })).resolves.toMatchObject({ cancel: true, content: '' })
})

describe('button text limit: a unit above 0xFF counts 2, at most 8', () => {
  test.each(['四个汉字', 'abcdefgh', '汉字abcd', '😀😀', 'ÿÿÿÿÿÿÿÿ'])('%s fits', async (text) => {
    device.ui.answer('confirm')
    await expect(ask({ confirmText: text, cancelText: text })).resolves.toMatchObject({ confirm: true })
  })

  test.each(['五个汉字了', 'abcdefghi', '汉字abcde', '😀😀a'])('%s does not', async (text) => {
    for (const name of ['confirmText', 'cancelText']) {
      await expect(ask({ [name]: text })).rejects.toEqual({
        errMsg: `showModal:fail ${name} length should not larger than 4 Chinese characters`,
        errno: 1001,
      })
    }
    expect(device.ui.prompt()).toBeNull()
  })
})

describe('types', () => {
  test.each([
    ['title', 1, 'Number'],
    ['content', null, 'Null'],
    ['content', undefined, 'Undefined'],
    ['confirmText', {}, 'Object'],
    ['cancelText', true, 'Boolean'],
  ])('%s: %p is refused', async (name, value, type) => {
    await expect(wx.showModal({ [name]: value })).rejects.toEqual({
      errMsg: `showModal:fail parameter error: parameter.${name} should be String instead of ${type};`,
      errno: 1001,
    })
  })

  test('showCancel is not checked', async () => {
    device.ui.answer('confirm')
    await expect(ask({ showCancel: 0 })).resolves.toMatchObject({ confirm: true })
  })
})

test('several are shown one after the other, in the order of the calls', async () => {
  const order = []
  const all = ['1', '2', '3'].map((title) => wx.showModal({ title }).then((res) => order.push([title, res.confirm])))
  expect(device.ui.prompt().title).toBe('1')
  device.ui.answer('confirm')
  device.ui.answer('cancel')
  device.ui.answer('confirm')
  await Promise.all(all)
  expect(order).toEqual([['1', true], ['2', false], ['3', true]])
})

test('without an answer it stays open and the app goes on', async () => {
  const complete = fn()
  wx.showModal({ title: 'open', complete })
  await new Promise((resolve) => setTimeout(resolve, 1000))
  expect(complete).not.toHaveBeenCalled()
  expect(device.ui.prompt().title).toBe('open')
  device.ui.answer('cancel')
})
