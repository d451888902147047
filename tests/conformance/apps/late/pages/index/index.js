const { log } = getApp().globalData
Page({
  data: { n: 1, more: false },
  onLoad() { log.push('page onLoad') },
  onReady() { log.push('page onReady') },
  heard(e) { log.push('heard ' + e.detail) },
})
