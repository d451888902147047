const { log } = getApp().globalData
Component({
  properties: { text: String },
  lifetimes: {
    created() { log.push('note created') },
    attached() { log.push('note attached ' + this.data.text) },
    ready() { log.push('note ready ' + this.data.text) },
    detached() { log.push('note detached ' + this.data.text) },
  },
  pageLifetimes: { show() { log.push('note show ' + this.data.text) }, hide() { log.push('note hide ' + this.data.text) }, resize(e) { log.push('note resize ' + e.size.windowWidth) } },
})
