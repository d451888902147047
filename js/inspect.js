// How values look in the console, and its rarer functions.
(function (M) {
  'use strict';
  const show = (v, depth, seen) => {
    if (typeof v === 'string') return depth ? JSON.stringify(v) : v;
    if (typeof v === 'function') return `[Function${v.name ? ': ' + v.name : ''}]`;
    if (typeof v === 'bigint') return v + 'n';
    if (v === null || typeof v !== 'object') return Object.is(v, -0) ? '-0' : String(v);
    if (v instanceof Error) return String(v.stack || v);
    if (v instanceof Date) return isNaN(v) ? 'Invalid Date' : v.toISOString();
    if (v instanceof RegExp) return String(v);
    if (v instanceof Promise) return '[Promise]';
    if (seen.includes(v)) return '[Circular]';
    const inner = seen.concat([v]), sub = x => show(x, depth + 1, inner);
    const fold = (open, items, close) => items.length ? `${open} ${items.slice(0, 100).join(', ')}${items.length > 100 ? `, ... ${items.length - 100} more` : ''} ${close}` : open + close;
    const name = v.constructor && v.constructor !== Object && v.constructor !== Array && v.constructor.name;
    if (depth > 3) return Array.isArray(v) ? '[Array]' : `[${name || 'Object'}]`;
    if (Array.isArray(v)) return fold('[', Array.from(v, sub), ']');
    if (v instanceof Map) return `Map(${v.size}) ` + fold('{', Array.from(v, e => sub(e[0]) + ' => ' + sub(e[1])), '}');
    if (v instanceof Set) return `Set(${v.size}) ` + fold('{', Array.from(v, sub), '}');
    if (v instanceof ArrayBuffer) return `ArrayBuffer { byteLength: ${v.byteLength} }`;
    if (ArrayBuffer.isView(v) && !(v instanceof DataView)) return `${name}(${v.length}) ` + fold('[', Array.from(v.subarray(0, 101), String), ']');
    const entries = Object.keys(v).map(k => {
      const d = Object.getOwnPropertyDescriptor(v, k);
      return (/^[A-Za-z_$][\w$]*$/.test(k) ? k : JSON.stringify(k)) + ': ' + (d && d.get ? '[Getter]' : sub(v[k]));
    });
    return (name ? name + ' ' : '') + fold('{', entries, '}');
  };
  const format = args => {
    let rest = args;
    let text = '';
    if (typeof args[0] === 'string' && args.length > 1 && args[0].includes('%')) {
      rest = args.slice(1);
      text = args[0].replace(/%[sdifoOjc%]/g, m => {
        if (m === '%%') return '%';
        if (!rest.length) return m;
        const v = rest.shift();
        return m === '%c' ? '' : m === '%s' ? show(v, 0, []) : m === '%d' || m === '%f' ? String(Number(v)) : m === '%i' ? String(parseInt(v, 10)) : show(v, 1, []);
      });
      if (rest.length) text += ' ';
    }
    return text + rest.map(v => show(v, 0, [])).join(' ');
  };
  const counts = {}, times = {};
  M.inspect = {
    format,
    show: v => show(v, 1, []),
    text: v => show(v, 0, []),
    assert(ok, ...args) { if (!ok) M.say('error', ['Assertion failed:', ...args]); },
    group(...args) { if (args.length) M.say('log', args); M.indent += '  '; },
    groupEnd() { M.indent = M.indent.slice(2); },
    count: (label = 'default') => M.say('log', [`${label}: ${counts[label] = (counts[label] || 0) + 1}`]),
    countReset(label = 'default') { counts[label] = 0; },
    time(label = 'default') { times[label] = Date.now(); },
    timeEnd: (label = 'default') => M.say('log', [`${label}: ${Date.now() - times[label]}ms`]),
  };
  M.inspect.groupCollapsed = M.inspect.group;
  M.inspect.timeLog = M.inspect.timeEnd;
})
