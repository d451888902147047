// Rests on: the platform's reference of CanvasContext.

test('createCanvasContext takes every step, and draw calls back later', async () => {
  const context = wx.createCanvasContext('c'), order = []
  for (const name of ['beginPath', 'arc', 'arcTo', 'bezierCurveTo', 'clearRect', 'clip', 'closePath', 'drawImage', 'fill', 'fillRect', 'fillText', 'lineTo', 'moveTo', 'quadraticCurveTo', 'rect', 'restore', 'rotate', 'save', 'scale', 'setLineDash', 'setShadow', 'setTransform', 'stroke', 'strokeRect', 'strokeText', 'transform', 'translate']) {
    expect(context[name](1, 2, 3, 4)).toBeUndefined()
  }
  context.setFillStyle('red')
  expect(context.fillStyle).toBe('red')
  for (const name of ['setGlobalAlpha', 'setLineCap', 'setLineJoin', 'setLineWidth', 'setMiterLimit', 'setStrokeStyle', 'setTextAlign', 'setTextBaseline']) context[name](1)
  await new Promise((done) => { context.draw(true, (res) => { order.push('drawn', res); done() }); order.push('asked') })
  expect(order).toEqual(['asked', 'drawn', { errMsg: 'drawCanvas:ok' }])
  await new Promise((done) => context.draw(done))
  expect(wx.canIUse('CanvasContext.draw')).toBe(true)
})

test('text is as wide as its letters', () => {
  const context = wx.createCanvasContext('c')
  const small = context.measureText('abc').width
  context.setFontSize(20)
  expect(context.measureText('abc').width).toBe(small * 2)
  expect(context.measureText('汉字').width).toBe(40)
})

test('a gradient takes its stops, a pattern its picture', () => {
  const context = wx.createCanvasContext('c')
  expect(context.createLinearGradient(0, 0, 1, 1).addColorStop(0, 'red')).toBeUndefined()
  expect(context.createCircularGradient(0, 0, 1).addColorStop(1, 'red')).toBeUndefined()
  expect(context.createPattern('/a.png', 'repeat')).toEqual({ image: '/a.png', repetition: 'repeat' })
})

test('canvasToTempFilePath gives a file with the pixels of the screen, or with as many as are asked for', async () => {
  const { pixelRatio } = wx.getWindowInfo()
  const size = async (options) => {
    const { tempFilePath, errMsg } = await wx.canvasToTempFilePath({ canvasId: 'c', ...options })
    expect(errMsg).toBe('canvasToTempFilePath:ok')
    const { width, height, type } = await wx.getImageInfo({ src: tempFilePath })
    return [width, height, type]
  }
  expect(await size({ width: 10, height: 20 })).toEqual([10 * pixelRatio, 20 * pixelRatio, 'png'])
  expect(await size({ x: 5, y: 5, width: 10, height: 20, destWidth: 7, destHeight: 9, fileType: 'jpg', quality: 0.5 })).toEqual([7, 9, 'jpeg'])
  await expect(wx.canvasToTempFilePath({ canvasId: 'c', destWidth: -1, destHeight: 5 })).rejects.toEqual({ errMsg: 'canvasToTempFilePath:fail invalid destWidth', errno: 1001 })
})

test('canvasGetImageData gives transparent pixels, and canvasPutImageData takes some', async () => {
  const { data, width, height, errMsg } = await wx.canvasGetImageData({ canvasId: 'c', x: 0, y: 0, width: 4, height: 2 })
  expect([errMsg, width, height, data.length]).toEqual(['canvasGetImageData:ok', 4, 2, 32])
  expect(data instanceof Uint8ClampedArray && data.every((part) => part === 0)).toBe(true)
  await expect(wx.canvasPutImageData({ canvasId: 'c', data, x: 0, y: 0, width: 4, height: 2 })).resolves.toEqual({ errMsg: 'canvasPutImageData:ok' })
  await expect(wx.canvasGetImageData({ canvasId: 'c', x: 0, y: 0, width: 0, height: 2 })).rejects.toMatchObject({ errno: 1001 })
})

test('createOffscreenCanvas has a context with transparent pixels, and pictures with their size', async () => {
  const canvas = wx.createOffscreenCanvas({ type: '2d', width: 30, height: 20 })
  expect([canvas.width, canvas.height]).toEqual([30, 20])
  const context = canvas.getContext('2d')
  expect(context.fillRect(0, 0, 10, 10)).toBeUndefined()
  expect(context.getImageData(0, 0, 2, 2).data).toEqual(new Uint8ClampedArray(16))
  const image = canvas.createImage()
  const failed = await new Promise((done) => { image.onerror = done; image.src = '/nothing.png' })
  expect(failed.errMsg).toMatch(/^Image:fail/)
})
