// app: ../apps/parts
// subpackages: late
// Rests on: the page on wx.loadSubpackage of mini games, which is where the platform documents it.

const load = (name, hear) => new Promise((resolve, reject) => {
  const task = wx.loadSubpackage({ name, success: resolve, fail: reject })
  if (hear) task.onProgressUpdate(hear)
})

describe('wx.loadSubpackage', () => {
  test('fetches by name and tells of the progress', async () => {
    const heard = []
    expect(await load('shelf', (progress) => heard.push(progress))).toEqual({ errMsg: 'loadSubpackage:ok' })
    const last = heard[heard.length - 1]
    expect(last.progress).toBe(100)
    expect(last.totalBytesWritten).toBe(last.totalBytesExpectedToWrite)
    expect((await require.async('goods/lib/own.js')).root).toBe('goods')
  })

  test('is done at once with what is there', async () => {
    const heard = []
    await load('goods', () => heard.push(1))
    expect(heard).toEqual([])
  })

  test('fails without a network, and works later', async () => {
    device.network.set('none')
    await expect(load('order')).rejects.toEqual({
      errMsg: 'loadSubpackage:fail loadSubPackage: fail, subPackage: order'
    })
    device.network.set('wifi')
    await load('order')
  })

  test('knows the main package, and no other name', async () => {
    await load('__APP__')
    await expect(load('nowhere')).rejects.toEqual({ errMsg: 'loadSubpackage:fail module not found' })
  })

  test('wants a name', async () => {
    const error = await new Promise((resolve) => { wx.loadSubpackage({ fail: resolve }) })
    expect(error).toEqual({
      errMsg: 'loadSubpackage:fail parameter error: parameter.name should be String instead of Undefined;',
      errno: 1001
    })
  })
})
