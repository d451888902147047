// Runs the framework as an app with a list of components does, to see which of its functions that takes.
import vm from 'node:vm'

// What templates compile to: a list whose items are components with properties, events and classes. What fewer pages
// have, such as slots and behaviors, had better come later.
const LIST = `(R,C,D,U)=>{var L=R.c,O=R.r,A={"title":new Array(1)},K=U===true,Y=(a)=>a==null?'':String(a),X=(a)=>a==null?{}:a,Z=(a,b)=>{if(a===true)return true;if(a)return a[b]},
  c=(C,T)=>{C||K||U.title?T(Y(D.title),(N)=>{A["title"][0]=(D,E,T)=>{T(N,Y(D.title))}}):T()},
  d=(C,e,f,g,h,i,T,E)=>{E("item",{},(N,C)=>{if(C||K||Z(g,"title"))O(N,"title",X(e).title);if(C)R.v(N,"select","select",!1,!1,!1,!1);if(C||K||Z(g,"id"))R.i(N,X(e).id)},(C)=>{})},
  b=(C,T,E,B,F)=>{E("view",{},(N,C)=>{if(C)L(N,"head")},c);F(D.items,"id",U?U.items:undefined,[0,"items"],d,!K)},
  a=(C,T,E)=>{E("view",{},(N,C)=>{if(C)L(N,"list")},b)};return {C:a,B:A}}`
const ITEM = `(R,C,D,U)=>{var L=R.c,O=R.r,A={"title":new Array(1)},K=U===true,Y=(a)=>a==null?'':String(a),
  e=(C,T)=>{C||K||U.title?T(Y(D.title),(N)=>{A["title"][0]=(D,E,T)=>{T(N,Y(D.title))}}):T()},
  a=(C,T,E)=>{E("view",{},(N,C)=>{if(C||K||U.active)L(N,"item "+Y(D.active));if(C||K||U.id)R.d(N,"id",D.id);if(C)R.v(N,"tap","select",!1,!1,!1,!1);if(C||K||U.id)O(N,"hover-class",D.id)},e)};return {C:a,B:A}}`
const PAGE = `(R,C,D,U)=>{var O=R.r,A={"items":new Array(1)},K=U===true,b=(C)=>{},
  a=(C,T,E)=>{E("list",{},(N,C)=>{if(C||K||U.title)O(N,"title",D.title);if(C||K||U.items)O(N,"items",D.items);A["items"][0]=(D,E,T)=>{O(N,"items",D.items);E(N)};if(C)R.i(N,"list")},b)};return {C:a,B:A}}`
const group = (code) => Object.assign(() => vm.runInThisContext(code), { _: {} })

// A node that takes everything and gives the nodes that it is asked for.
const node = () => new Proxy({}, { get: (own, key) => (key in own || typeof key !== 'string' ? own[key] : (/^(create|get(Shadow)?Root)/.test(key) ? node : () => 1)), set: Reflect.set })
const backend = () => Object.assign(node(), { mode: 1, onEvent() {}, render(then) { then(null) } })

const run = ({ globalOptions, BackendMode, Element }, { MiniProgramEnv }, wait) => {
  if (BackendMode.Shadow !== 1) throw new Error('BackendMode.Shadow has another number now')
  globalOptions.writeFieldsToNode = false
  globalOptions.useMethodCallerListeners = true
  const env = new MiniProgramEnv(), space = env.createCodeSpace('', true), nodes = env.associateBackend(backend())
  space.setOverallBehavior(space.getComponentSpace().define().lifetime('attached', () => {}).registerBehavior())
  const using = { page: { list: 'list' }, list: { item: 'item' }, item: {} }
  for (const [path, code] of Object.entries({ page: PAGE, list: LIST, item: ITEM })) {
    space.addComponentStaticConfig(path, { component: true, usingComponents: using[path] })
    space.addCompiledTemplate(path, { groupList: {}, content: group(code), fallbackListenerOnNativeNode: true })
  }
  space.component('item').definition({ properties: { id: Number, title: String, active: Boolean }, methods: { select() {} } }).register()
  space.component('list').definition({ properties: { title: String, items: Array } }).register()
  const items = (many, word) => Array.from({ length: many }, (_, id) => ({ id, title: word + id }))
  space.component('page').pageDefinition({ data: { title: 'first', items: items(3, 'a') }, onLoad() {} }).register()
  const page = nodes.createRoot('page', space, 'page').getComponent()
  Element.pretendAttached(page)
  wait.splice(0).forEach((f) => f())
  page.triggerPageLifetime('show', [])
  page.triggerLifetime('ready', [])
  page.getMethodCaller().setData({ title: 'second' })
  const [list] = page.getShadowRoot().childNodes
  list.getMethodCaller().setData({ 'items[1].title': 'b' })
  const [, { childNodes }] = list.getShadowRoot().childNodes[0].childNodes
  if (childNodes.length !== 3 || childNodes[1].childNodes[0].data.title !== 'b') throw new Error('the scene has another list')
}

// The numbers of the functions that were called, for each of the files.
export const called = (texts) => {
  const seen = texts.map(() => new Set()), given = [], wait = []
  texts.forEach((text, unit) => {
    const exports = {}
    const file = vm.runInThisContext(`(function(exports,require,setTimeout,console,process,watch$){${text}\n})`)
    file(exports, () => given[0], (f) => wait.push(f), console, { env: { NODE_ENV: 'production' } }, (id) => seen[unit].add(id))
    given.push(exports)
  })
  run(...given, wait)
  return seen
}
