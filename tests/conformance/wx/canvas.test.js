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
