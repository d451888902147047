const { log } = getApp().globalData
Page({
  data: { more: false },
  onLoad() { log.push('page onLoad') }, onShow() { log.push('page onShow') }, onReady() { log.push('page onReady') },
  onHide() { log.push('page onHide') }, onUnload() { log.push('page onUnload') },
})
