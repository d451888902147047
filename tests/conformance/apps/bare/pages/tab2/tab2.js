const lifecycle = require('../../logging/lifecycle')

Page(lifecycle('tab2', { onLoad(query) { this.query = query; getApp().globalData.log.push('tab2 load') } }))
