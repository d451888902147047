// app: ../apps/bare
// Rests on: wx.navigateTo's and EventChannel's documentation; the type of an absent opener's channel.

const url = '/pages/second/second'
const top = () => getCurrentPages()[getCurrentPages().length - 1]

describe('EventChannel', () => {
  test('carries events both ways', async () => {
    const heard = []
    const res = await wx.navigateTo({ url, events: { fromOpened: (v) => heard.push(v) } })
    expect(heard).toEqual(['hello'])
    res.eventChannel.emit('fromOpener', 42)
    expect(top().heard).toBe(42)
    expect(top().getOpenerEventChannel()).toBe(res.eventChannel)
  })

  test('once, on and off', async () => {
    const heard = []
    const { eventChannel } = await wx.navigateTo({ url })
    const always = (...args) => heard.push(['always', ...args])
    eventChannel.on('e', always)
    eventChannel.once('e', () => heard.push(['once']))
    eventChannel.emit('e', 1, 2)
    eventChannel.emit('e')
    eventChannel.off('e', always)
    eventChannel.emit('e')
    expect(heard).toEqual([['always', 1, 2], ['once'], ['always']])
    eventChannel.on('e', always)
    eventChannel.off('e')
    eventChannel.emit('e')
    expect(heard.length).toBe(3)
  })

  test('each navigateTo has its own', async () => {
    const a = await wx.navigateTo({ url })
    const b = await wx.navigateTo({ url })
    expect(a.eventChannel === b.eventChannel).toBe(false)
  })

  test('a page that was not opened by navigateTo gets an empty object', async () => {
    await wx.reLaunch({ url })
    expect(top().getOpenerEventChannel().on).toBe(undefined)
    expect(top().getOpenerEventChannel().emit).toBe(undefined)
  })
})
