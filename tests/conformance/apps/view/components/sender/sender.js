const { log } = getApp().globalData
Component({
  methods: {
    send(name, detail, options) { this.triggerEvent(name, detail, options) },
    inner() { log.push('sender: inner') },
  },
})
