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
// A function shorter than this costs less in its place than its absence does.
const SHORT = 60

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
      const variable = top.set.get(resolved.name), isClass = resolved.scope.type === 'class'
      if (!variable || changing.has(variable) || (resolved !== variable && !isClass)) return undefined
      used.add(resolved.name)
    }
    return [...used].sort()
  }
  const consider = (fn, what) => {
    let stays = fn.async || fn.generator || fn.end - fn.start < SHORT
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
  const text = await folded(part.gives === 'easel' ? oneMode(published) : published)
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
