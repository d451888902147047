const { log } = getApp().globalData

Page({
  tell(e) {
    log.push([e.currentTarget.id, e.type, e.detail])
  },
})
