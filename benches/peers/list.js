// The list of benches/list in miniprogram-simulate: the same components and changes, timed inside of one process.
const path = require('node:path')
const { JSDOM } = require('jsdom')

const { window } = new JSDOM('<!doctype html><html><body></body></html>')
for (const name of ['window', 'document', 'Node', 'HTMLElement', 'Event', 'CustomEvent', 'Touch', 'TouchEvent']) {
  Object.defineProperty(globalThis, name, { value: name === 'window' ? window : window[name], configurable: true, writable: true })
}
const simulate = require('miniprogram-simulate')
const { items, changes } = require('../list/work')

const load = () => simulate.load(path.join(__dirname, '../list/components/list/list'), { rootPath: path.join(__dirname, '../list') })
const id = load()
const render = () => {
  const began = Date.now()
  const list = simulate.render(id, { title: 'first', items: items(0) })
  list.attach(document.body)
  const ms = Date.now() - began
  if (document.querySelectorAll('.list wx-text, .list text').length === 0 && !/item 49/.test(list.dom.innerHTML)) throw new Error('the list was not rendered: ' + list.dom.innerHTML.slice(0, 300))
  return { list, ms }
}
const first = render()
const again = Array.from({ length: 10 }, () => { const { list, ms } = render(); list.detach(); return ms })
console.log(JSON.stringify({ first: first.ms, render: again.reduce((sum, ms) => sum + ms, 0) / again.length, ...changes(first.list) }))
window.close()
