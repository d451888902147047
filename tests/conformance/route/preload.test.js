// app: ../apps/parts
// subpackages: late
// Rests on: preloadRule's network is wifi where it is not given.

const there = () => {
  try {
    wx.getFileSystemManager().accessSync('goods/lib/own.js')
    return true
  } catch (error) {
    return false
  }
}
const enter = async () => {
  await wx.navigateTo({ url: '/pages/ahead/ahead' })
  await new Promise((resolve) => setTimeout(resolve, 1))
  await wx.navigateBack()
}

test('a rule for wifi waits for wifi', async () => {
  for (const network of ['4g', 'none', 'unknown']) {
    device.network.set(network)
    await enter()
    expect(there()).toBe(false)
  }
  device.network.set('wifi')
  await enter()
  expect(there()).toBe(true)
})
