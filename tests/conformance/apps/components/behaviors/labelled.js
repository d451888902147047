// A definitionFilter sees the definition of what uses it.
const counted = require('./counted')
const log = (line) => getApp().globalData.log.push(line)

module.exports = Behavior({
  behaviors: [counted],
  data: { shared: { labelled: true, last: 'labelled' } },
  definitionFilter(definition) {
    definition.data = Object.assign({ label: 'made by the filter' }, definition.data)
  },
  attached() { log('labelled attached') },
  methods: { name() { return 'labelled' } },
})
