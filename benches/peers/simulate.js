// Loads one small component with miniprogram-simulate, renders it once and ends.
// The whole process is measured from outside, so nothing is timed here.
const path = require('node:path')
const { JSDOM } = require('jsdom')

// miniprogram-simulate expects a browser's globals, which its usual test runner provides through jsdom.
const { window } = new JSDOM('<!doctype html><html><body></body></html>')
for (const name of ['window', 'document', 'Node', 'HTMLElement', 'Event', 'CustomEvent', 'Touch', 'TouchEvent']) {
  Object.defineProperty(globalThis, name, { value: name === 'window' ? window : window[name], configurable: true, writable: true })
}

const simulate = require('miniprogram-simulate')
const component = simulate.render(simulate.load(path.join(__dirname, 'component/counter')), { start: 3 })
component.attach(document.body)
if (!/>3<\/wx-view>/.test(component.dom.innerHTML)) {
  console.error('the component was not rendered:', component.dom.innerHTML)
  process.exitCode = 1
}
window.close()
