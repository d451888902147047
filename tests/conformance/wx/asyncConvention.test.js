// Rests on: the platform's description of its asynchronous functions; the order and the identity of the
// result are what its base library is seen to do.

const call = (options) => wx.getNetworkType(options)
const turn = () => new Promise((resolve) => setTimeout(resolve, 50))

describe('callbacks', () => {
  test('success, then complete, with the same object', async () => {
    const seen = []
    call({ success: (res) => seen.push(['success', res]), complete: (res) => seen.push(['complete', res]) })
    expect(seen).toEqual([])
    await turn()
    expect(seen.map(([name]) => name)).toEqual(['success', 'complete'])
    expect(seen[0][1]).toBe(seen[1][1])
    expect(seen[0][1].errMsg).toBe('getNetworkType:ok')
  })

  test('fail, then complete, with the same object', async () => {
    const seen = []
    wx.setNavigationBarTitle({
      fail: (res) => seen.push(['fail', res]),
      success: () => seen.push(['success']),
      complete: (res) => seen.push(['complete', res]),
    })
    await turn()
    expect(seen.map(([name]) => name)).toEqual(['fail', 'complete'])
    expect(seen[0][1]).toBe(seen[1][1])
  })

  test('a parameter error is told inside the call', () => {
    const fail = fn()
    wx.setNavigationBarTitle({ title: 1, fail })
    expect(fail).toHaveBeenCalledWith({
      errMsg: 'setNavigationBarTitle:fail parameter error: parameter.title should be String instead of Number;',
      errno: 1001,
    })
  })

  test('an exception in one does not keep the other from being called', async () => {
    const complete = fn(), heard = fn()
    wx.onError(heard)
    call({
      success() {
        throw new Error('an error of the test, on purpose')
      },
      complete,
    })
    await turn()
    expect(complete).toHaveBeenCalledTimes(1)
    expect(heard).toHaveBeenCalledTimes(1)
    wx.offError(heard)
  })
})

describe('promises', () => {
  test('without any of the three', async () => {
    expect(call()).toBeInstanceOf(Promise)
    expect(call({})).toBeInstanceOf(Promise)
    expect(call(null)).toBeInstanceOf(Promise)
    await call()
  })

  test.each(['success', 'fail', 'complete'])('not with %s, even if undefined', (name) => {
    expect(call({ [name]: undefined })).toBeUndefined()
    expect(call({ [name]() {} })).toBeUndefined()
  })

  test('rejects with the fail result', async () => {
    await expect(wx.setNavigationBarTitle({})).rejects.toMatchObject({ errno: 1001 })
  })
})

describe('parameters', () => {
  test('something that is not an object', async () => {
    await expect(wx.setNavigationBarTitle('Orders')).rejects.toMatchObject({
      errMsg: 'setNavigationBarTitle:fail parameter error: parameter should be Object instead of String;',
    })
  })

  test('an undefined that is given stands in the way of the default', async () => {
    await expect(wx.showToast({ title: 'x', duration: undefined })).rejects.toMatchObject({
      errMsg: 'showToast:fail parameter error: parameter.duration should be Number instead of Undefined;',
    })
  })
})

test('an unknown function is undefined', () => {
  expect(wx.noSuchFunction).toBeUndefined()
  expect('noSuchFunction' in wx).toBe(false)
})

test('wx is a plain object with own enumerable functions, and can be extended', () => {
  expect(Object.keys(wx)).toContain('showModal')
  wx.mine = 1
  expect(wx.mine).toBe(1)
  delete wx.mine
})
