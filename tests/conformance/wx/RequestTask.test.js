// Rests on: the platform's reference of RequestTask: offX takes a listener away, or all of them.

const chunks = (prepare) =>
  new Promise((success, fail) => {
    prepare(wx.request({ url: testServer.url + '/chunks/3', enableChunked: true, success, fail }))
  })

test('a listener that was taken off hears nothing', async () => {
  const [kept, off, headers] = [fn(), fn(), fn()]
  await chunks((task) => {
    task.onChunkReceived(kept)
    task.onChunkReceived(off)
    task.offChunkReceived(off)
    task.onHeadersReceived(headers)
    task.offHeadersReceived()
  })
  expect(kept).toHaveBeenCalled()
  expect(off).not.toHaveBeenCalled()
  expect(headers).not.toHaveBeenCalled()
})
