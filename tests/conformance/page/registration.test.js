// app: ../apps/bare
// Rests on: misuse of Page() throws; a page that is not registered loads with empty data (base library).

const { errors } = getApp().globalData
const open = async (name) => {
  errors.length = 0
  await wx.reLaunch({ url: '/pages/' + name + '/' + name })
  return getCurrentPages()[0]
}

describe('Page()', () => {
  test('outside of a page script throws', () => {
    expect(() => Page({})).toThrow()
  })

  test('twice in one script: the first counts, the error is reported', async () => {
    expect((await open('twice')).data).toEqual({ first: true })
    expect(errors[0]).toContain('multiple Pages')
  })

  test('a page script that throws leaves a page with empty data', async () => {
    expect((await open('throws')).data).toEqual({})
    expect(errors[0]).toContain('a page script fails')
  })

  test('a page script without Page() leaves a page with empty data', async () => {
    const page = await open('silent')
    expect(page.data).toEqual({})
    expect(page.route).toBe('pages/silent/silent')
    expect(errors.length).toBe(0)
  })
})
