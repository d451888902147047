const { log } = getApp().globalData
log.push('card script')
Component({
  properties: { n: Number },
  lifetimes: {
    created() { log.push('card created') },
    attached() { log.push('card attached ' + this.data.n) },
    ready() { log.push('card ready') },
  },
  pageLifetimes: { show() { log.push('card show') } },
  methods: { ping(what) { this.triggerEvent('ping', what) } },
})
