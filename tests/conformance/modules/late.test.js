// app: ../apps/parts
// subpackages: late
// Rests on: subpackages are fetched when they are first used; { errMsg, mod } as the base library gives them.

const at = (path) => {
  try {
    wx.getFileSystemManager().accessSync(path)
    return true
  } catch (error) {
    return false
  }
}

describe('a module of a subpackage that is not there yet', () => {
  test('cannot be required at once', () => {
    expect(() => require('goods/lib/own.js')).toThrow("module 'goods/lib/own.js' is not defined")
    expect(at('goods/lib/own.js')).toBe(false)
  })

  test('fails without a network, and comes when there is one again', async () => {
    device.network.set('none')
    const failure = await new Promise((resolve) => require('order/lib/own.js', () => resolve('came'), resolve))
    expect(failure).toEqual({ errMsg: 'loadSubPackage: fail, subPackage: order', mod: 'order/lib/own.js' })
    await expect(require.async('order/lib/own.js')).rejects.toEqual(failure)
    device.network.set('4g')
    expect((await require.async('order/lib/own.js')).root).toBe('order')
  })

  test('comes with require and a callback, with all that is in its subpackage', async () => {
    const module = await new Promise((resolve, reject) => require('./goods/lib/own', resolve, reject))
    expect(module.root).toBe('goods')
    expect(at('goods/pages/p/p.js')).toBe(true)
    expect(await require.async('goods/lib/own.js')).toBe(module)
  })

  test('is missed by name when its subpackage has no such file', async () => {
    let error
    await require.async('fair/lib/nothing.js').catch((caught) => { error = caught })
    expect(error.errMsg).toContain("module 'fair/lib/nothing.js' is not defined")
    expect(at('fair/lib/own.js')).toBe(true)
  })
})
