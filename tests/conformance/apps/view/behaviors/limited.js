// Its filter gives each component that uses it a default.
module.exports = Behavior({
  definitionFilter(definition) {
    definition.properties.max = { type: Number, value: 7 }
  },
  observers: { 'text.**'() { getApp().globalData.log.push('text changed') } },
})
