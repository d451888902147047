const { log } = getApp().globalData

Page({
  data: { name: 'Ada', colour: 'red', replaced: '', two: 'a', on: false, disabled: false },
  tell(e) {
    log.push([e.currentTarget.id, e.type, e.detail])
  },
  nothing() {},
  upper(e) {
    return e.detail.value.toUpperCase()
  },
  set(e) {
    this.setData({ on: e.detail.value })
  },
  onShareAppMessage(given) {
    log.push(['page', 'share', given.from, given.target.id])
    return { title: 'from a button' }
  },
})
