// Makes of the framework's published files what a world parses at its start: node framework.mjs <folder of npm> <folder for what it makes>
//
// A world's trees have one kind of backend, so what asks for the kind is decided here, and what other kinds need falls
// away. What is left is divided: functions that a page with a list of components runs stand in the file itself; every
// other one is kept as text, and compiled when it is called first. No name of a property changes, so the framework
// behaves as published.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'acorn'
import { analyze } from 'eslint-scope'
import { minify } from 'terser'
import { called } from './framework_scene.mjs'

// What a CommonJS file is given, and the name of what keeps its later functions.
const GIVEN = ['exports', 'require', 'setTimeout', 'console', 'process'], LATER = 'later$'
const PARTS = [
  { file: 'glass-easel/dist/glass_easel.all.js', name: 'glass_easel', require: 'undefined', gives: 'easel' },
  { file: 'glass-easel-miniprogram-adapter/dist/glass_easel_miniprogram_adapter.js', name: 'glass_easel_adapter', require: '() => M.easel', gives: 'easelAdapter' },
]

const tree = (text) => parse(text, { ecmaVersion: 2022, sourceType: 'script', ranges: true })
const each = (node, visit) => {
  if (!node || typeof node.type !== 'string' || visit(node) === false) return
  for (const value of Object.values(node)) for (const one of [].concat(value)) if (one && typeof one === 'object') each(one, visit)
}
// Puts text in the place of some: [from, to, text], none of which lies in another.
const edited = (text, edits) => {
  let done = '', at = 0
  for (const [from, to, put] of edits.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    done += text.slice(at, from) + put
    at = to
  }
  return done + text.slice(at)
}

// BackendMode.Shadow, the only mode of a backend of ours.
const SHADOW = 1
const isNumber = (node) => node.type === 'Literal' && typeof node.value === 'number'
const isMode = (node) => node.type === 'MemberExpression' && !node.computed && node.property.name === 'mode'
const isModeCall = ({ callee, arguments: given }) => callee.type === 'MemberExpression' && callee.property.name === 'getBackendMode' && !given.length
const oneMode = (text) => {
  const edits = []
  each(tree(text), (node) => {
    if (node.type === 'CallExpression' && isModeCall(node)) edits.push([...node.range, SHADOW])
    if (node.type !== 'BinaryExpression' || !['===', '!=='].includes(node.operator)) return
    for (const [a, b] of [[node.left, node.right], [node.right, node.left]]) if (isNumber(a) && isMode(b)) edits.push([...b.range, SHADOW])
  })
  if (!edits.length) throw new Error('the framework asks for no mode of its backend any more')
  return edited(text, edits)
}

// Where a list's template says that nothing outside of the list changed for its items (src/view/quiet.rs), and the
// changes of the list are told by its items, which all keep their keys, only those items are gone through.
const QUIET = 'quiet$'
const fewItems = ([list, changes, node, , update]) => `
if (${QUIET}) {
  if (${changes} === undefined) return
  if (typeof ${changes} === "object" && !Array.isArray(Object.getPrototypeOf(${changes})) && Array.isArray(${list}) &&
    ${list} === this.items && ${list}.length === this.rawKeys.length && !this.sharedKeyMap) {
    const name = this.keyName, found = []
    let same = true
    for (const key of Object.keys(${changes})) {
      const at = Number(key), item = ${list}[at]
      let change = ${changes}[key]
      if (!(at < ${list}.length)) { same = false; break }
      if (name !== null && (change === true || (name === "*this" ? change : change && change[name]))) {
        const value = name === "*this" ? item : item === null || item === undefined ? undefined : item[name]
        if (this.rawKeys[at] !== (value === undefined || value === null ? "" : String(value))) { same = false; break }
        change = true
      }
      found.push([item, at, change])
    }
    if (same) {
      for (const [item, at, change] of found) ${update}(item, at, change, false, ${node}.childNodes[at])
      return
    }
  }
}`
const quietLists = (text) => {
  const edits = []
  const callers = []
  const visit = (node, around) => {
    if (node.type === 'MethodDefinition' && node.key.name === 'diff' && node.value.params.length === 5) {
      const names = node.value.params.map((param) => param.name), { params, body } = node.value
      edits.push([params[4].end, params[4].end, ',' + QUIET], [body.start + 1, body.start + 1, fewItems(names)])
    }
    if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && node.callee.property.name === 'diff' && node.arguments.length === 5) {
      callers.push([around.params[4].end, node.end - 1])
    }
    for (const value of Object.values(node)) for (const one of [].concat(value)) {
      if (one && typeof one.type === 'string') visit(one, node.type === 'ArrowFunctionExpression' && node.params.length === 5 ? node : around)
    }
  }
  visit(tree(text))
  for (const [params, given] of callers) edits.push([params, params, ',' + QUIET], [given, given, `,${QUIET}&&!this.bindingMapDisabled`])
  if (edits.length !== 4) throw new Error('the framework compares lists in another way now')
  return edited(text, edits)
}
// A regular expression takes the engine as long as twenty calls; few names have what this one looks for.
const fewDashes = (text) => {
  const edits = []
  each(tree(text), (node) => {
    if (node.type !== 'CallExpression' || node.arguments[0]?.regex?.pattern !== '-(.|$)' || node.callee.object.type !== 'Identifier') return
    edits.push([...node.range, `(${node.callee.object.name}.includes("-")?${text.slice(...node.range)}:${node.callee.object.name})`])
  })
  return edited(text, edits)
}
// Parentheses around functions are left out: the engine copies what stands in parentheses.
const folded = async (text) => (await minify(text, {
  ecma: 2017, toplevel: true, compress: { passes: 3 }, mangle: { toplevel: true },
  format: { comments: false, wrap_func_args: false, wrap_iife: false },
})).code

// The functions of a file that may come later: methods of its classes and functions at its top, if they use nothing that
// changes after the file has run.
const movable = (text) => {
  const ast = tree(text), found = []
  const scopes = analyze(ast, { ecmaVersion: 2022, sourceType: 'commonjs' }), top = scopes.scopes[1]
  const changing = new Set(top.variables.filter((v) => v.references.some((r) => r.isWrite() && r.from.variableScope !== top)))
  const names = (fn) => {
    const used = new Set()
    for (const { resolved, identifier } of scopes.acquire(fn).through) {
      if (!resolved && GIVEN.includes(identifier.name)) used.add(identifier.name)
      if (!resolved || resolved.scope.type === 'global') continue
      // A class that is declared at the top has its name inside of it as well; that of a class expression is another one.
      const variable = top.set.get(resolved.name), isClass = resolved.scope.block.type === 'ClassDeclaration'
      if (!variable || changing.has(variable) || (resolved !== variable && !isClass)) return undefined
      used.add(resolved.name)
    }
    return [...used].sort()
  }
  const consider = (fn, what) => {
    let stays = fn.async || fn.generator
    each(fn, ({ type }) => {
      if (['Super', 'MetaProperty', 'PrivateIdentifier'].includes(type) || (type === 'ThisExpression' && !what.method)) stays = true
    })
    const used = stays ? undefined : names(fn)
    if (used) found.push({ fn, names: used, ...what })
  }
  const ofValue = (value, holder, statement) => {
    if (value.type === 'ArrowFunctionExpression' || value.type === 'FunctionExpression') consider(value, { statement })
    if (value.type !== 'ClassExpression' && value.type !== 'ClassDeclaration') return
    for (const method of value.body.body) {
      if (method.type !== 'MethodDefinition' || method.kind !== 'method' || method.computed || method.key.type !== 'Identifier') continue
      consider(method.value, { method, holder: method.static ? holder : holder + '.prototype', statement })
    }
  }
  const ofExpression = (node, statement) => {
    if (node.type === 'SequenceExpression') for (const one of node.expressions) ofExpression(one, statement)
    if (node.type !== 'AssignmentExpression' || node.operator !== '=') return
    if (node.left.type === 'Identifier' || node.left.object.name === 'exports') ofValue(node.right, text.slice(...node.left.range), statement)
  }
  for (const node of ast.body) {
    if (node.type === 'ClassDeclaration') ofValue(node, node.id.name, node)
    if (node.type === 'ExpressionStatement') ofExpression(node.expression, node)
    if (node.type !== 'VariableDeclaration') continue
    for (const { id, init } of node.declarations) if (init && id.type === 'Identifier') ofValue(init, id.name, node)
  }
  return found
}

// A file that tells which of these functions are called.
const watched = (text, functions) => edited(text, functions.flatMap(({ fn: { body } }, id) => body.type === 'BlockStatement'
  ? [[body.start + 1, body.start + 1, `watch$(${id});`]]
  : [[body.start, body.start, `(watch$(${id}),`], [body.end, body.end, ')']]))

// The file without these functions, and they.
const divided = (text, functions, { unit, first }) => {
  const edits = [], stubs = new Map(), later = []
  for (const { fn, method, holder, statement, names } of functions) {
    const id = first + later.length
    later.push({ unit, names, text: (method ? 'function' : '') + text.slice(...fn.range) })
    if (!method) {
      edits.push([...fn.range, `${LATER}(${id})`])
      continue
    }
    edits.push([...method.range, ''])
    if (!stubs.has(statement)) stubs.set(statement, new Map())
    const holders = stubs.get(statement)
    if (!holders.has(holder)) holders.set(holder, [])
    holders.get(holder).push(`"${method.key.name}",${id}`)
  }
  for (const [{ end }, holders] of stubs) {
    const calls = [...holders].map(([holder, methods]) => `${LATER}(${holder},${methods.join()});`)
    edits.push([end, end, ';' + calls.join('')])
  }
  const names = [...new Set(later.flatMap((one) => one.names))]
  return { text: edited(text, edits) + `;${LATER}(${unit},{${names.join()}})`, later }
}

const wrapped = (text, { require, gives }) => `0,function (M) {
M.${gives} = {};
!function (${GIVEN.join()}, ${LATER}) {
${text}
}(M.${gives}, ${require}, M.setTimeout, M.global.console, { env: { NODE_ENV: 'production' } }, M.later)
}
`

const [from, to] = process.argv.slice(2)
const parts = []
for (const part of PARTS) {
  const published = readFileSync(join(from, 'node_modules', part.file), 'utf8').split('//# sourceMappingURL=')[0]
  const text = await folded(part.gives === 'easel' ? fewDashes(quietLists(oneMode(published))) : published)
  parts.push({ ...part, text, functions: movable(text) })
}
const first = called(parts.map(({ text, functions }) => watched(text, functions)))
const all = []
parts.forEach((part, unit) => {
  const rare = part.functions.filter((_, id) => !first[unit].has(id))
  const { text, later } = divided(part.text, rare, { unit, first: all.length })
  all.push(...later)
  writeFileSync(join(to, part.name + '.js'), wrapped(text, part))
})
const quoted = (text) => JSON.stringify(text).replace(/\\u([0-9a-f]{4})/g, '\\u{$1}').replace(/\\[bf]/g, (c) => (c === '\\b' ? '\\u{8}' : '\\u{c}'))
const rows = all.map(({ unit, names, text }) => `(${unit}, &[${names.map(quoted).join(', ')}], ${quoted(text)}),\n`)
writeFileSync(join(to, 'later.rs'), `&[\n${rows.join('')}]\n`)
