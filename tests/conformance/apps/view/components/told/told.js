const { log } = getApp().globalData
Component({
  lifetimes: { error(e) { log.push('error ' + e.message) } },
  pageLifetimes: { routeDone() { log.push('told routeDone') } },
  methods: { bad() { throw new Error('of the component') } },
})
