const { log } = getApp().globalData
Page({
  onLoad() { log.push('page onLoad ' + !!this.getTabBar()) },
  onShow() {
    log.push('page onShow')
    this.getTabBar().setData({ selected: 0 })
  },
  onReady() { log.push('page onReady') },
  onHide() { log.push('page onHide') },
  onUnload() { log.push('page onUnload') },
})
