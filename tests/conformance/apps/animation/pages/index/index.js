const { log } = getApp().globalData
Page({
  data: { motion: {} },
  told(e) { log.push([e.currentTarget.id, e.type, e.detail, Date.now()]) },
})
