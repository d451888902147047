const log = []

App({
  globalData: { log, errors: [], kept: undefined },
  onLaunch(options) {
    log.push('app launch')
    this.globalData.launch = options
    this.globalData.appInLaunch = getApp()
    this.globalData.pagesInLaunch = getCurrentPages().length
  },
  onShow(options) {
    log.push('app show')
    this.globalData.show = options
    this.globalData.appInShow = getApp()
  },
  onHide() {
    log.push('app hide')
  },
  onError(text) {
    this.globalData.errors.push(text)
  },
  self() {
    return this
  },
  fails() {
    throw new Error('a method of the app fails')
  },
})

log.push('app.js ends')
