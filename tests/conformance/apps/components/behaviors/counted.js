// Used by another behavior and by pages: its lifetimes and observers run once all the same.
const log = (line) => getApp().globalData.log.push(line)

module.exports = Behavior({
  properties: { step: { type: Number, value: 1 } },
  data: { count: 0, shared: { counted: true, last: 'counted' } },
  observers: { count(n) { log('counted count ' + n) } },
  lifetimes: {
    created() { log('counted created') },
    attached() { log('counted attached') },
    ready() { log('counted ready') },
    detached() { log('counted detached') },
  },
  pageLifetimes: { show() { log('counted show') }, hide() { log('counted hide') } },
  methods: {
    add() { this.setData({ count: this.data.count + this.data.step }) },
    name() { return 'counted' },
  },
})
