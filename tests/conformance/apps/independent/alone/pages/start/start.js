Page({
  onLoad() { this.before = getApp() },
})
