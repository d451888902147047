Component({
  behaviors: ['wx://form-field', 'wx://component-export', require('../../behaviors/limited')],
  properties: { max: Number, text: String },
  methods: { change(text) { this.setData({ text }) } },
  export() { return { value: this.data.value, max: this.data.max, is: (id) => this.hasBehavior(id), change: (text) => this.change(text) } },
})
