const { log } = getApp().globalData
let count = 0
Component({
  data: {
    selected: -1,
    list: [{ path: '/pages/home/home', text: 'Home' }, { path: '/pages/mine/mine', text: 'Mine' }],
  },
  lifetimes: {
    created() { this.number = ++count; log.push('bar created') },
    attached() { log.push('bar attached') },
    ready() { log.push('bar ready') },
    detached() { log.push('bar detached') },
  },
  pageLifetimes: {
    show() { log.push('bar show ' + this.number) },
    hide() { log.push('bar hide ' + this.number) },
  },
  methods: {
    own() { return this.getTabBar() === this },
    go(e) { wx.switchTab({ url: e.currentTarget.dataset.path }) },
  },
})
