// Restarts the app once, when the host has had the time to make the next world ready.
const { items } = require('../../work')
Page({
  data: { title: 'again', items: items(0) },
  onReady() {
    if (wx.getStorageSync('restarted')) return
    wx.setStorageSync('restarted', true)
    setTimeout(() => wx.restartMiniProgram({ path: '/pages/again/again' }), 1500)
  },
})
