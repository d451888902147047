const { log } = getApp().globalData
Page({
  data: { shown: false, percent: 10 },
  onShow() { log.push('page onShow') },
  onReady() { log.push('page onReady') },
  onRouteDone() { log.push('page onRouteDone') },
  hear(e) { log.push([e.type, e.detail]) },
  fail() { throw new Error('of the page') },
})
