const { log } = getApp().globalData

Page({
  data: { current: 1, top: 0, refreshing: false },
  tell(e) {
    log.push([e.currentTarget.id, e.type, e.detail])
  },
  follow(e) {
    this.tell(e)
    this.setData({ current: e.detail.current })
  },
})
