const { greet } = require('../../lib/greet')
Component({ properties: { text: String }, methods: { greet() { return greet(this.data.text) } } })
