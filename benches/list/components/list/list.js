Component({
  properties: { title: String, items: Array },
  methods: { select() {} },
})
