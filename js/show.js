// Values as text: `show` for messages, `pretty` for snapshots, which is Jest's format to the letter.
(function (M) {
  'use strict';
  M.lazy('equality');
  const { Asymmetric, keys, isObj, str, bytes } = M.equality;
  // What `expect.addSnapshotSerializer` was given, the last one first.
  const serializers = [];

  function show(v, pad, seen = []) {
    if (v instanceof Asymmetric) return (v.negated ? 'Not' : '') + v.name + (v.sample === undefined ? '' : '<' + (typeof v.sample === 'function' ? v.sample.name : show(v.sample, undefined, seen)) + '>');
    if (typeof v === 'string') return JSON.stringify(v);
    if (typeof v === 'function') return '[Function ' + (v.name || 'anonymous') + ']';
    if (typeof v === 'bigint') return v + 'n';
    if (!isObj(v)) return Object.is(v, -0) ? '-0' : String(v);
    if (v instanceof Error) return '[' + v.name + ': ' + v.message + ']';
    if (v instanceof RegExp) return String(v);
    if (v instanceof Date) return isNaN(v) ? 'Invalid Date' : v.toISOString();
    if (v instanceof Promise) return 'Promise {}';
    if (seen.includes(v)) return '[Circular]';
    seen = seen.concat([v]);
    const inner = pad === undefined ? undefined : pad + '  ';
    const sub = (x) => show(x, inner, seen);
    const list = (open, items, close) => !items.length ? open + close : inner === undefined
      ? open + (open.endsWith('{') ? ' ' : '') + items.join(', ') + (close === '}' ? ' ' : '') + close
      : open + items.map((i) => '\n' + inner + i + ',').join('') + '\n' + pad + close;
    const b = bytes(v);
    if (b) return list(str(v) + ' [', Array.from(b, String), ']');
    if (Array.isArray(v)) return list('[', Array.from(v, sub), ']');
    if (v instanceof Set) return list('Set {', [...v].map(sub), '}');
    if (v instanceof Map) return list('Map {', [...v].map(([k, x]) => sub(k) + ' => ' + sub(x)), '}');
    const of = Object.getPrototypeOf(v), name = of && of !== Object.prototype && of.constructor && of.constructor.name;
    const key = (k) => (typeof k === 'string' && /^[A-Za-z_$][\w$]*$/.test(k) ? k : typeof k === 'string' ? JSON.stringify(k) : String(k));
    return list((name && name !== 'Object' ? name + ' ' : '') + '{', keys(v).map((k) => key(k) + ': ' + sub(v[k])), '}');
  }

  const LISTS = /^(Array|ArrayBuffer|DataView|Float32Array|Float64Array|Int8Array|Int16Array|Int32Array|Uint8Array|Uint8ClampedArray|Uint16Array|Uint32Array|BigInt64Array|BigUint64Array)$/;
  const named = (v) => (typeof v.constructor === 'function' && v.constructor.name) || 'Object';

  function basic(v) {
    const type = typeof v;
    if (type === 'string') return '"' + v + '"';
    if (type === 'bigint') return v + 'n';
    if (type === 'number') return Object.is(v, -0) ? '-0' : String(v);
    if (type === 'function') return '[Function]';
    if (!isObj(v)) return String(v);
    const kind = str(v);
    if (kind === 'WeakMap' || kind === 'WeakSet') return kind + ' {}';
    if (kind === 'Date') return isNaN(+v) ? 'Date { NaN }' : v.toISOString();
    if (kind === 'Error' || v instanceof Error) return '[' + Error.prototype.toString.call(v) + ']';
    if (kind === 'RegExp') return String(v).replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
    return undefined;
  }

  function pretty(v, indent = '', seen = [], asIs = false) {
    for (const serializer of serializers) if (!asIs && serializer.test(v)) return custom(serializer, v, indent, seen);
    if (v instanceof Asymmetric) return ofAsymmetric(v, indent, seen);
    if (typeof v === 'function' && v._isMockFunction) return ofMock(v, indent, seen);
    const said = basic(v);
    if (said !== undefined) return said;
    if (seen.includes(v)) return '[Circular]';
    if (typeof v.toJSON === 'function' && !asIs) return pretty(v.toJSON(), indent, seen.concat([v]), true);
    seen = seen.concat([v]);
    const inner = indent + '  ', sub = (x) => pretty(x, inner, seen);
    const list = (open, items, close) => open + (items.length ? items.map((i) => '\n' + inner + i + ',').join('') + '\n' + indent : '') + close;
    const kind = str(v);
    if (kind === 'Arguments') return list('Arguments [', Array.from(v, sub), ']');
    if (LISTS.test(kind)) return list((named(v) === 'Array' ? '' : named(v) + ' ') + '[', Array.from(v.length === undefined ? [] : v, sub), ']');
    if (kind === 'Map') return list('Map {', [...v].map(([k, x]) => sub(k) + ' => ' + sub(x)), '}');
    if (kind === 'Set') return list('Set {', [...v].map(sub), '}');
    return list((named(v) === 'Object' ? '' : named(v) + ' ') + '{', properties(v, sub), '}');
  }

  function properties(v, sub) {
    const names = keys(v), texts = names.filter((k) => typeof k === 'string').sort();
    return texts.concat(names.filter((k) => typeof k === 'symbol')).map((k) => sub(k) + ': ' + sub(v[k]));
  }

  function custom(serializer, v, indent, seen) {
    const inner = indent + '  ', config = { indent: '  ', min: false, spacingInner: '\n', spacingOuter: '\n', plugins: serializers };
    if (typeof serializer.serialize === 'function') return serializer.serialize(v, config, indent, 0, seen, (x, c, i, d, r) => pretty(x, i === undefined ? indent : i, r || seen));
    return serializer.print(v, (x) => pretty(x, indent, seen), (text) => inner + text.replace(/\n/g, '\n' + inner), { edgeSpacing: '\n', min: false, spacing: '\n' }, {});
  }

  function ofAsymmetric({ name, sample, negated }, indent, seen) {
    if (name === 'Any') return 'Any<' + sample.name + '>';
    if (name === 'CloseTo') return 'Number' + (negated ? 'Not' : '') + 'CloseTo ' + sample;
    if (sample === undefined) return name;
    const title = negated ? name.replace(/^(Object|Array|String)/, '$1Not') : name;
    return title + ' ' + pretty(sample, indent, seen);
  }

  function ofMock(f, indent, seen) {
    const name = f.getMockName(), head = '[MockFunction' + (name === 'jest.fn()' ? '' : ' ' + name) + ']';
    if (!f.mock.calls.length) return head;
    return head + ' ' + pretty({ calls: f.mock.calls, results: f.mock.results }, indent, seen);
  }

  M.show = { show, pretty, serializers };
})
