// Rests on: the platform's reference of wx.createAnimation, and the actions that its base library hands to the view.

const transition = { duration: 400, timingFunction: 'linear', delay: 0 }
const option = { transformOrigin: '50% 50% 0', transition }

test('steps come out of export once', () => {
  const animation = wx.createAnimation()
  expect(animation.opacity(0.5).width(10).height('20%').step()).toBe(animation)
  const animates = [
    { type: 'style', args: ['opacity', 0.5] },
    { type: 'style', args: ['width', '10px'] },
    { type: 'style', args: ['height', '20%'] }
  ]
  expect(animation.export()).toEqual({ actions: [{ animates, option }] })
  expect(animation.export()).toEqual({ actions: [] })
})

test('a step keeps what earlier steps set, the newest of each kind', () => {
  const animation = wx.createAnimation({ duration: 100, transformOrigin: '0 0' })
  animation.translate(5).scale(2).step({ delay: 7 }).translate(1, 2).step()
  const [first, second] = animation.export().actions
  expect(first.animates).toEqual([{ type: 'translate', args: [5, 0] }, { type: 'scale', args: [2, 2] }])
  expect(second.animates).toEqual([{ type: 'translate', args: [1, 2] }, { type: 'scale', args: [2, 2] }])
  expect(first.option).toEqual({ transformOrigin: '0 0', transition: { duration: 100, timingFunction: 'linear', delay: 7 } })
  expect(second.option.transition.delay).toBe(0)
})

test('every documented method chains', () => {
  const animation = wx.createAnimation()
  const names = ['matrix', 'matrix3d', 'rotate', 'rotate3d', 'rotateX', 'rotateY', 'rotateZ', 'scale', 'scale3d', 'scaleX', 'scaleY', 'scaleZ',
    'skew', 'skewX', 'skewY', 'translate', 'translate3d', 'translateX', 'translateY', 'translateZ', 'opacity', 'backgroundColor', 'width', 'height',
    'left', 'right', 'top', 'bottom']
  for (const name of names) {
    expect(animation[name](1)).toBe(animation)
    expect(wx.canIUse('Animation.' + name)).toBe(true)
  }
})
