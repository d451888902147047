// Rests on: the platform's references of screen, keyboard, capture, battery and debugging functions.

const turn = () => new Promise((resolve) => setTimeout(resolve, 0))
const heard = async (event, words) => {
  const listener = fn()
  wx['on' + event](listener)
  device.set(words)
  await turn()
  wx['off' + event](listener)
  return listener.mock.calls.map(([res]) => res)
}

test('brightness is kept', async () => {
  await expect(wx.getScreenBrightness()).resolves.toEqual({ errMsg: 'getScreenBrightness:ok', value: 0.5 })
  await expect(wx.setScreenBrightness({ value: 0.8 })).resolves.toEqual({ errMsg: 'setScreenBrightness:ok' })
  await expect(wx.getScreenBrightness()).resolves.toMatchObject({ value: 0.8 })
  await expect(wx.setScreenBrightness({ value: 2 })).rejects.toMatchObject({ errno: 1001 })
  await expect(wx.setScreenBrightness({ value: '1' })).rejects.toMatchObject({ errno: 1001 })
})

test('the keyboard opens, and hideKeyboard closes it', async () => {
  await expect(wx.hideKeyboard()).rejects.toEqual({ errMsg: 'hideKeyboard:fail:input not exists' })
  expect(await heard('KeyboardHeightChange', { keyboard: 300 })).toEqual([{ height: 300 }])
  const listener = fn()
  wx.onKeyboardHeightChange(listener)
  await expect(wx.hideKeyboard()).resolves.toEqual({ errMsg: 'hideKeyboard:ok' })
  wx.offKeyboardHeightChange()
  expect(listener.mock.calls).toEqual([[{ height: 0 }]])
})

test('what happens to the screen is told', async () => {
  expect(await heard('UserCaptureScreen', { screenshot: true })).toEqual([{}])
  expect(await heard('MemoryWarning', { memoryWarning: 10 })).toEqual([{ level: 10 }])
  await expect(wx.getScreenRecordingState()).resolves.toMatchObject({ state: 'off' })
  expect(await heard('ScreenRecordingStateChanged', { screen: { recording: true } })).toEqual([{ state: 'start' }])
  await expect(wx.getScreenRecordingState()).resolves.toMatchObject({ state: 'on' })
  const [{ size }] = await heard('WindowResize', { screen: { width: 844, height: 390 } })
  expect(size).toEqual({ windowWidth: 844, windowHeight: 310 })
  expect(wx.getSystemSetting().deviceOrientation).toBe('landscape')
  const [rect] = await heard('MenuButtonBoundingClientRectWeightChange', { screen: { width: 390, height: 844 } })
  expect(rect).toEqual(wx.getMenuButtonBoundingClientRect())
})

test('battery and network are told', async () => {
  expect(await heard('BatteryInfoChange', { battery: { level: 9, lowPower: true } })).toEqual([{ isLowPowerModeEnabled: true }])
  expect(wx.getBatteryInfoSync()).toMatchObject({ level: 9, isLowPowerModeEnabled: true })
  expect(await heard('NetworkWeakChange', { weakNetwork: true })).toEqual([{ weakNet: true, networkType: 'wifi' }])
})

test('a theme is told only to apps that know of dark mode', async () => {
  expect(await heard('ThemeChange', { theme: 'dark' })).toEqual([])
  expect(wx.getAppBaseInfo().theme).toBe('dark')
})

test('words that mean nothing are an error of the test', () => {
  expect(() => device.set({ thema: 'dark' })).toThrow()
  expect(() => device.set({ memoryWarning: 1 })).toThrow()
})

test('setEnableDebug shows in getAppBaseInfo', async () => {
  expect(wx.getAppBaseInfo().enableDebug).toBe(false)
  await expect(wx.setEnableDebug({ enableDebug: true })).resolves.toEqual({ errMsg: 'setEnableDebug:ok' })
  expect(wx.getAppBaseInfo().enableDebug).toBe(true)
  await expect(wx.setEnableDebug({})).rejects.toMatchObject({ errno: 1001 })
})

test('a background fetch token is kept', async () => {
  await expect(wx.getBackgroundFetchToken()).rejects.toEqual({ errMsg: 'getBackgroundFetchToken:fail token not found' })
  await expect(wx.setBackgroundFetchToken({ token: 'x' })).resolves.toEqual({ errMsg: 'setBackgroundFetchToken:ok' })
  await expect(wx.getBackgroundFetchToken()).resolves.toEqual({ errMsg: 'getBackgroundFetchToken:ok', token: 'x' })
  await expect(wx.setBackgroundFetchToken({ token: 'x'.repeat(1025) })).rejects.toMatchObject({ errno: 1001 })
})

test('getExptInfoSync tells the experiments that are named', () => {
  expect(wx.getExptInfoSync()).toEqual({})
  device.set({ experiments: { color: 'red', shape: 'round' } })
  expect(wx.getExptInfoSync()).toEqual({ color: 'red', shape: 'round' })
  expect(wx.getExptInfoSync(['color', 'none'])).toEqual({ color: 'red' })
  expect(() => wx.getExptInfoSync('color')).toThrow('getExptInfoSync:fail')
})

test('checkIsOpenAccessibility and getApiCategory', async () => {
  await expect(wx.checkIsOpenAccessibility()).resolves.toEqual({ errMsg: 'checkIsOpenAccessibility:ok', open: false })
  device.set({ accessibility: true })
  await expect(wx.checkIsOpenAccessibility()).resolves.toMatchObject({ open: true })
  expect(wx.getApiCategory()).toBe('default')
})
