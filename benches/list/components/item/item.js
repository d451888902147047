Component({
  properties: { id: Number, title: String, price: Number, picture: String, active: Boolean },
  methods: { select() { this.triggerEvent('select', { id: this.data.id }) } },
})
