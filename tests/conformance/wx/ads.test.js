// Rests on: the platform's references of RewardedVideoAd and InterstitialAd.

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const listen = (ad) => {
  const heard = []
  for (const event of ['Load', 'Error', 'Close']) ad['on' + event]((...args) => heard.push([event, ...args]))
  return heard
}
const NO_FILL = { errMsg: 'no advertisement', errCode: 1004 }

describe.each([['createRewardedVideoAd', 'RewardedVideoAd'], ['createInterstitialAd', 'InterstitialAd']])('%s', (create, object) => {
  test('has every method, and needs the unit', () => {
    const ad = wx[create]({ adUnitId: 'every' })
    for (const name of ['load', 'show', 'destroy', 'onLoad', 'offLoad', 'onError', 'offError', 'onClose', 'offClose']) expect(typeof ad[name]).toBe('function')
    expect(() => wx[create]({})).toThrow(`${create}:fail parameter error: parameter.adUnitId should be String instead of Undefined;`)
    expect(() => wx[create]()).toThrow('parameter.adUnitId')
    expect(wx.canIUse(`${object}.show`)).toBe(true)
    ad.destroy()
  })

  test('on a device without fill it fails to load and to show', async () => {
    const ad = wx[create]({ adUnitId: 'none' }), heard = listen(ad)
    await wait(10)
    expect(heard).toEqual([['Error', NO_FILL]])
    await expect(ad.load()).rejects.toEqual(NO_FILL)
    await expect(ad.show()).rejects.toMatchObject({ errMsg: 'no advertisement is loaded' })
    expect(heard.length).toBe(2)
  })

  test('loads by itself, is shown once, and is closed by the person', async () => {
    device.answer(create, 'confirm')
    const ad = wx[create]({ adUnitId: 'one' }), heard = listen(ad)
    await wait(10)
    expect(heard).toEqual([['Load', {}]])
    await expect(ad.load()).resolves.toBeUndefined()
    device.answer(create, 'cancel')
    await ad.show()
    await expect(ad.show()).rejects.toMatchObject({ errCode: 2001 })
    await wait(20000)
    expect(heard[1]).toEqual(object === 'RewardedVideoAd' ? ['Close', { isEnded: true }] : ['Close'])
    expect(heard[2]).toEqual(['Load', {}])
    await ad.show()
    await wait(10000)
    expect(heard[3]).toEqual(object === 'RewardedVideoAd' ? ['Close', { isEnded: false }] : ['Close'])
  })

  test('an answer says why it fails', async () => {
    device.answer(create, { fail: 'frequency is limited', errCode: 2002 })
    const ad = wx[create]({ adUnitId: 'limited' }), heard = listen(ad)
    const off = fn()
    ad.onError(off)
    ad.offError(off)
    await wait(10)
    expect(heard).toEqual([['Error', { errMsg: 'frequency is limited', errCode: 2002 }]])
    expect(off).not.toHaveBeenCalled()
  })

  test('destroyed it is silent', async () => {
    const ad = wx[create]({ adUnitId: 'gone' }), heard = listen(ad)
    ad.destroy()
    await wait(100)
    expect(heard).toEqual([])
    await expect(ad.show()).rejects.toBeTruthy()
  })
})

test('a rewarded unit has one object, unless the app wants more', () => {
  const first = wx.createRewardedVideoAd({ adUnitId: 'a' })
  expect(wx.createRewardedVideoAd({ adUnitId: 'a' })).toBe(first)
  expect(wx.createRewardedVideoAd({ adUnitId: 'a', multiton: true })).not.toBe(first)
})
