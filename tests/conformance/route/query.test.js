// app: ../apps/bare
// Rests on: the platform does not decode values; its forum confirms the three oddities and that they stay.

const open = async (url) => {
  await wx.reLaunch({ url: '/pages/index/index' })
  await wx.navigateTo({ url })
  return getCurrentPages()[1]
}

describe('the parameters of a url', () => {
  test('reach onLoad and options as texts, not decoded', async () => {
    const page = await open('../second/second?id=1&name=%E4%BD%A0&empty=')
    expect(page.query).toEqual({ id: '1', name: '%E4%BD%A0', empty: '' })
    expect(page.options).toEqual(page.query)
  })

  test('may hold characters of any language', async () => {
    expect((await open('../second/second?name=你')).query).toEqual({ name: '你' })
  })

  test('keep the oddities that apps know: no "=", a second "=", a second "?"', async () => {
    expect((await open('../second/second?flag')).query).toEqual({ flag: 'undefined' })
    expect((await open('../second/second?code=3==x&y=1')).query).toEqual({ code: '3', y: '1' })
    expect((await open('../second/second?url=https://x.y/s?a=1')).query).toEqual({ url: 'https://x.y/s' })
  })
})
