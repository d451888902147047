const lifecycle = require('../../logging/lifecycle')

Page(lifecycle('tab1', { onLoad(query) { this.query = query; getApp().globalData.log.push('tab1 load') } }))
