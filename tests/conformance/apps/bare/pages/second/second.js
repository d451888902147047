const lifecycle = require('../../logging/lifecycle')
let loads = 0

class Account {
  constructor() { this.total = 1 }
  double() { return this.total * 2 }
}

Page(lifecycle('second', {
  data: { n: 1, list: [{ v: 1 }], made: new Date(0), dropped: undefined },
  own: { list: [] },
  account: new Account(),
  app: getApp(),
  onLoad(query) {
    loads++
    getApp().globalData.log.push('second load')
    this.query = query
    this.loads = loads
    const channel = this.getOpenerEventChannel()
    if (!channel.on) return
    channel.on('fromOpener', (v) => { this.heard = v })
    channel.emit('fromOpened', 'hello')
  },
  self() { return this },
  fails() { throw new TypeError('a method of the page fails') },
}))
