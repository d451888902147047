// Rests on: the platform's reference of wx.restartMiniProgram; the text for a missing page is that of the page routes.

test('needs a path', () => {
  const fail = fn()
  wx.restartMiniProgram({ fail })
  expect(fail.mock.calls[0][0].errMsg).toMatch(/^restartMiniProgram:fail parameter error/)
})

test('a page that is not there restarts nothing', async () => {
  const error = await new Promise((fail) => wx.restartMiniProgram({ path: '/pages/none/none?a=1', fail }))
  expect(error.errMsg).toBe('restartMiniProgram:fail page "pages/none/none" is not found')
})
