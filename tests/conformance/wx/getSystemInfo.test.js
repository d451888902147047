// Rests on: the platform's reference of wx.getSystemInfo and of the functions that replace it.

const fields = {
  brand: expect.any(String),
  model: expect.any(String),
  pixelRatio: expect.any(Number),
  screenWidth: expect.any(Number),
  screenHeight: expect.any(Number),
  windowWidth: expect.any(Number),
  windowHeight: expect.any(Number),
  statusBarHeight: expect.any(Number),
  language: expect.any(String),
  version: expect.any(String),
  system: expect.any(String),
  fontSizeSetting: expect.any(Number),
  SDKVersion: expect.stringMatching(/^\d+\.\d+\.\d+$/),
  benchmarkLevel: expect.any(Number),
  safeArea: expect.objectContaining({ left: 0, top: expect.any(Number), height: expect.any(Number) }),
  theme: 'light',
  deviceOrientation: 'portrait',
}

test('Sync, callback, promise and Async say the same', async () => {
  const info = wx.getSystemInfoSync()
  expect(info).toMatchObject(fields)
  const same = Object.assign({}, info)
  delete same.errMsg
  await expect(wx.getSystemInfo()).resolves.toMatchObject(same)
  await expect(wx.getSystemInfoAsync()).resolves.toMatchObject(same)
  const res = await new Promise((success) => wx.getSystemInfo({ success }))
  expect(res).toMatchObject(Object.assign({ errMsg: 'getSystemInfo:ok' }, same))
})

test('is not the developer tools: apps turn their update code off there', () => {
  expect(wx.getSystemInfoSync().platform).not.toBe('devtools')
  expect(wx.getDeviceInfo().platform).toBe(wx.getSystemInfoSync().platform)
})

test('the newer functions hold the same facts', () => {
  const info = wx.getSystemInfoSync()
  for (const part of [wx.getWindowInfo(), wx.getDeviceInfo(), wx.getAppBaseInfo(), wx.getSystemSetting()]) {
    expect(info).toMatchObject(part)
  }
  expect(wx.getAppAuthorizeSetting()).toMatchObject({ cameraAuthorized: 'authorized' })
})

test('the menu button is inside the screen, below the status bar', () => {
  const { statusBarHeight, screenWidth } = wx.getWindowInfo()
  const rect = wx.getMenuButtonBoundingClientRect()
  expect(rect.top).toBeGreaterThanOrEqual(statusBarHeight)
  expect(rect.right).toBeLessThan(screenWidth)
  expect(rect.right - rect.left).toBe(rect.width)
  expect(rect.bottom - rect.top).toBe(rect.height)
})
