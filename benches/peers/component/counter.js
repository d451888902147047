Component({
  properties: { start: { type: Number, value: 0 } },
  data: { count: 0 },
  lifetimes: {
    attached() {
      this.setData({ count: this.data.start })
    }
  },
  methods: {
    onTap() {
      this.setData({ count: this.data.count + 1 })
      this.triggerEvent('change', { count: this.data.count })
    }
  }
})
