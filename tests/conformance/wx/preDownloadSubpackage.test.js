// app: ../apps/parts
// subpackages: late
// Rests on: the page on wx.preDownloadSubpackage; packageType normal with a name is that of mini games.

const load = (options) => new Promise((resolve, reject) => {
  const task = wx.preDownloadSubpackage({ ...options, success: resolve, fail: reject })
  expect(typeof task.onProgressUpdate).toBe('function')
})

describe('wx.preDownloadSubpackage', () => {
  test('fetches a subpackage of type normal', async () => {
    expect(await load({ packageType: 'normal', name: 'goods' })).toEqual({ errMsg: 'preDownloadSubpackage:ok' })
    wx.getFileSystemManager().accessSync('goods/lib/own.js')
  })

  test('fails for the workers of an app that has none', async () => {
    await expect(load({ packageType: 'workers' })).rejects.toEqual({
      errMsg: 'preDownloadSubpackage:fail module not found'
    })
  })

  test('knows no other type', async () => {
    const error = await load({ packageType: 'plugins' }).catch((caught) => caught)
    expect(error.errMsg).toContain('preDownloadSubpackage:fail parameter error: parameter.packageType')
    expect(error.errno).toBe(1001)
  })
})
