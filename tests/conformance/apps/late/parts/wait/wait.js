const { log } = getApp().globalData
Component({
  properties: { n: Number },
  lifetimes: {
    attached() { log.push('wait attached ' + this.data.n) },
    ready() { log.push('wait ready') },
    detached() { log.push('wait detached') },
  },
})
