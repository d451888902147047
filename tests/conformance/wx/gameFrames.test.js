// app: ../apps/game
// subpackages: late
// Rests on: the platform's pages on requestAnimationFrame, cancelAnimationFrame and wx.setPreferredFramesPerSecond.

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))

const frames = async (ms) => {
  const began = Date.now()
  let count = 0
  while (Date.now() - began < ms) {
    await frame()
    count += 1
  }
  return count
}

test('there are sixty frames a second', async () => {
  await frame()
  expect(await frames(1000)).toBe(60)
})

test('there are as many as wx.setPreferredFramesPerSecond says, from 1 to 60', async () => {
  wx.setPreferredFramesPerSecond(20)
  await frame()
  expect(await frames(1000)).toBe(20)
  wx.setPreferredFramesPerSecond(0)
  wx.setPreferredFramesPerSecond(61)
  expect(await frames(1000)).toBe(20)
  wx.setPreferredFramesPerSecond(60)
})

test('one frame calls all who wait for it, with the same time, and those asked for in it wait for the next', async () => {
  const times = []
  requestAnimationFrame((now) => { times.push(now); requestAnimationFrame((now) => times.push(now)) })
  requestAnimationFrame((now) => times.push(now))
  await frame()
  expect(times.length).toBe(2)
  expect(times[0]).toBe(times[1])
  await frame()
  expect(times.length).toBe(3)
  expect(times[2]).not.toBe(times[0])
})

test('cancelAnimationFrame takes one back, even in the same frame', async () => {
  const heard = fn()
  cancelAnimationFrame(requestAnimationFrame(heard))
  let second
  requestAnimationFrame(() => cancelAnimationFrame(second))
  second = requestAnimationFrame(heard)
  await frame()
  await frame()
  expect(heard).not.toHaveBeenCalled()
  expect(() => requestAnimationFrame('text')).toThrow('requestAnimationFrame expects a function but got string')
})

test('wx.loadSubpackage runs game.js of the part once, before success', async () => {
  const load = (name) => new Promise((success, fail) => wx.loadSubpackage({ name, success, fail }))
  expect(GameGlobal.extra).toBeUndefined()
  expect(await load('extra')).toEqual({ errMsg: 'loadSubpackage:ok' })
  expect(GameGlobal.extra).toBe(1)
  await load('extra')
  expect(GameGlobal.extra).toBe(1)
  await expect(load('nowhere')).rejects.toEqual({ errMsg: 'loadSubpackage:fail module not found' })
})

test('wx.createImage gives a picture its size', async () => {
  const loaded = (src) => new Promise((resolve, reject) => {
    const image = wx.createImage()
    image.onload = () => resolve([image.width, image.height])
    image.onerror = reject
    image.src = src
  })
  expect(await loaded('images/ball.png')).toEqual([16, 16])
  const error = await loaded('images/absent.png').catch((error) => error)
  expect(error.errMsg).toContain('Image:fail ')
})

test('wx.createCanvas takes every call, and says once that nothing is drawn', async () => {
  const warn = spyOn(console, 'warn').mockImplementation(() => {})
  const canvas = wx.createCanvas()
  wx.createCanvas()
  expect(warn.mock.calls).toEqual([['createCanvas is not supported here: nothing is drawn']])
  const context = canvas.getContext('2d')
  expect(context).toBe(canvas.getContext('2d'))
  context.fillStyle = 'red'
  expect(context.fillStyle).toBe('red')
  expect(context.fillRect(0, 0, 1, 1)).toBeUndefined()
  context.createLinearGradient(0, 0, 1, 1).addColorStop(0, 'red')
  expect(context.measureText('abc').width > 0).toBe(true)
  expect(context.getImageData(0, 0, 2, 2).data.length).toBe(16)
  const gl = wx.createCanvas().getContext('webgl')
  expect(gl.getShaderParameter(gl.createShader(gl.VERTEX_SHADER), gl.COMPILE_STATUS)).toBe(true)
  const sized = wx.createCanvas()
  Object.assign(sized, { width: 20, height: 10 })
  const info = await wx.getImageInfo({ src: sized.toTempFilePathSync({ destWidth: 40, destHeight: 5 }) })
  expect([info.width, info.height, info.type]).toEqual([40, 5, 'png'])
  const { tempFilePath, errMsg } = await new Promise((success) => sized.toTempFilePath({ fileType: 'jpg', success }))
  expect(errMsg).toBe('Canvas.toTempFilePath:ok')
  expect(await wx.getImageInfo({ src: tempFilePath })).toMatchObject({ width: 20, height: 10, type: 'jpeg' })
  expect(sized.toDataURL()).toMatch(/^data:image\/png;base64,iVBORw0KGgo/)
  expect(sized.toDataURL('image/jpeg')).toMatch(/^data:image\/jpeg;base64,/)
  expect(Object.assign(sized, { width: NaN }).toDataURL()).toBe('data:,')
  expect(() => sized.toTempFilePathSync()).toThrow('Canvas.toTempFilePathSync:fail invalid destWidth')
  expect([canvas.width, canvas.height]).toEqual([wx.getWindowInfo().windowWidth, wx.getWindowInfo().windowHeight])
  warn.mockRestore()
})

test('what games ask for at their start is there', () => {
  const warn = spyOn(console, 'warn').mockImplementation(() => {})
  for (const event of ['Start', 'Move', 'End', 'Cancel']) {
    wx['onTouch' + event](() => {})
    wx['offTouch' + event]()
  }
  wx.triggerGC()
  wx.createInnerAudioContext().play()
  expect(typeof wx.getPerformance().now()).toBe('number')
  expect(wx.loadFont('a.ttf')).toBe(null)
  expect(wx.getTextLineHeight({ fontSize: 10 })).toBe(12)
  wx.getOpenDataContext().postMessage({})
  expect(warn.mock.calls.length > 2).toBe(true)
  warn.mockRestore()
})
