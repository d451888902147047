const counted = require('../../behaviors/counted')

Page({
  behaviors: [counted],
  data: { own: 1 },
  field: { list: [] },
  onLoad() { getApp().globalData.log.push('page onLoad') },
  addTwice() { this.add(); this.add() },
})
