const { greet } = require('../../lib/greet')
Page({ data: { text: '' }, onLoad(query) { this.setData({ text: greet(query.name), same: require('/lib/greet').greet === greet }) } })
