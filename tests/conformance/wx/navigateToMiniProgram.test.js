// Rests on: the platform's pages on wx.navigateToMiniProgram, wx.openEmbeddedMiniProgram and
// wx.navigateBackMiniProgram, and on the errMsg that apps compare with. The device of a test has no other app:
// what happens where there is one is tested with the whole program.

describe.each(['navigateToMiniProgram', 'openEmbeddedMiniProgram'])('wx.%s', (name) => {
  test('wants the id of an app', async () => {
    await expect(wx[name]({})).rejects.toEqual({
      errMsg: `${name}:fail parameter error: parameter.appId should be String instead of Undefined;`, errno: 1001
    })
    await expect(wx[name]({ appId: 'wx1', path: 5 })).rejects.toEqual({
      errMsg: `${name}:fail parameter error: parameter.path should be String instead of Number;`, errno: 1001
    })
  })

  test('fails for an app that is not there, before the person is asked', async () => {
    const heard = []
    await new Promise((resolve) => wx[name]({
      appId: 'wx00000000000000ff',
      fail: (res) => heard.push(res.errMsg),
      complete: resolve
    }))
    expect(heard).toEqual([`${name}:fail invalid appid`])
    expect(device.ui.prompt()).toBe(null)
  })

  test('does not go to the app that it is in', async () => {
    const { appId } = wx.getAccountInfoSync().miniProgram
    await expect(wx[name]({ appId })).rejects.toEqual({ errMsg: `${name}:fail can't navigate to myself` })
  })
})

describe('wx.navigateBackMiniProgram', () => {
  test('fails in an app that no other one has opened', async () => {
    await expect(wx.navigateBackMiniProgram({ extraData: { a: 1 } })).rejects.toEqual({
      errMsg: 'navigateBackMiniProgram:fail not MiniProgram can navigate back.'
    })
  })

  test('wants an object', async () => {
    await expect(wx.navigateBackMiniProgram({ extraData: 'text' })).rejects.toEqual({
      errMsg: 'navigateBackMiniProgram:fail parameter error: parameter.extraData should be Object instead of String;', errno: 1001
    })
  })
})
