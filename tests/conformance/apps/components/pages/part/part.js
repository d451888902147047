const counted = require('../../behaviors/counted')
const labelled = require('../../behaviors/labelled')
const log = (line) => getApp().globalData.log.push(line)

Component({
  behaviors: [labelled, counted, 'wx://form-field'],
  options: { pureDataPattern: /^_/, multipleSlots: true },
  properties: {
    text: String,
    number: { type: Number, value: 7, observer(now, old) { log('property number ' + old + ' to ' + now) } },
    flag: Boolean,
    list: Array,
    any: null,
    either: { type: Number, optionalTypes: [String], observer: 'eitherChanged' },
  },
  data: { a: 1, b: 2, sum: 3, deep: { x: { y: 1 } }, rows: [{ v: 1 }], _pure: 1, shared: { last: 'part' } },
  observers: {
    'a, b'(a, b) { log('a,b ' + a + ' ' + b); this.setData({ sum: a + b }); log('a,b done ' + this.data.sum) },
    sum(n) { log('sum ' + n) },
    'deep.x'(x) { log('deep.x ' + JSON.stringify(x)) },
    'deep.**'(deep) { log('deep.** ' + JSON.stringify(deep)) },
    'rows[0].v'(v) { log('rows[0].v ' + v) },
    count(n) { log('part count ' + n) },
  },
  created() { log('old-style created') },
  ready() { log('part ready') },
  lifetimes: {
    created() { log('part created') },
    attached() { log('part attached ' + this.data.text + ' ' + this.data.number) },
    detached() { log('part detached') },
  },
  pageLifetimes: { show() { log('part pageLifetimes show') }, hide() { log('part pageLifetimes hide') } },
  methods: {
    onLoad(query) { log('part onLoad ' + JSON.stringify(query)) },
    onShow() { log('part onShow') },
    onReady() { log('part onReady') },
    onHide() { log('part onHide') },
    onUnload() { log('part onUnload') },
    eitherChanged(now) { log('either ' + typeof now) },
    name() { return 'part' },
  },
})
