// Values on their way between two worlds: a table with a row for each object, so that what is shared or
// goes in a circle stays so. Bytes travel beside it.
(function (M) {
  'use strict';
  const G = M.global, kind = (v) => Object.prototype.toString.call(v).slice(8, -1);
  const refuse = (what) => {
    const error = new Error(what + ' could not be cloned.');
    error.name = 'DataCloneError';
    throw error;
  };

  M.pack = (value) => {
    const rows = [], seen = new Map(), bytes = {};
    let buffers = 0;
    const flat = (list) => [].concat(...list);
    const row = (v) => {
      const tag = kind(v);
      if (ArrayBuffer.isView(v)) return ['view', tag, node(v.buffer), v.byteOffset, v.length === undefined ? v.byteLength : v.length];
      if (v instanceof Error) return ['error', String(v.name), String(v.message), String(v.stack)];
      switch (tag) {
        case 'Date': return ['date', node(v.getTime())];
        case 'RegExp': return ['regexp', v.source, v.flags];
        case 'Boolean': case 'Number': case 'String': return ['boxed', node(v.valueOf())];
        case 'Map': return ['map'].concat(flat(Array.from(v, ([k, x]) => [node(k), node(x)])));
        case 'Set': return ['set'].concat(Array.from(v, node));
        case 'ArrayBuffer': {
          const name = 'bytes' + buffers++;
          bytes[name] = v;
          return ['bytes', name];
        }
        case 'Array': return ['array', v.length].concat(flat(Object.keys(v).map((k) => [k, node(v[k])])));
        case 'Object': case 'Arguments': case 'Module': return ['object'].concat(flat(Object.keys(v).map((k) => [k, node(v[k])])));
        default: return refuse('#<' + tag + '>');
      }
    };
    // JSON's own values stand for themselves; whatever is a list is one of these.
    const node = (v) => {
      switch (typeof v) {
        case 'undefined': return ['undefined'];
        case 'number': return v - v === 0 && !(v === 0 && 1 / v < 0) ? v : ['number', v === 0 ? '-0' : String(v)];
        case 'bigint': return ['bigint', String(v)];
        case 'function': return refuse('a function (' + (v.name || 'without a name') + ')');
        case 'symbol': return refuse(String(v));
      }
      if (v === null || typeof v !== 'object') return v;
      if (!seen.has(v)) {
        const at = rows.push(null) - 1;
        seen.set(v, at);
        rows[at] = row(v);
      }
      return ['row', seen.get(v)];
    };
    return Object.assign({ value: node(value), rows }, bytes);
  };

  M.unpack = (packed) => {
    const { value, rows } = packed, made = new Map();
    const read = (n) => {
      if (!Array.isArray(n)) return n;
      switch (n[0]) {
        case 'row': return make(n[1]);
        case 'number': return Number(n[1]);
        case 'bigint': return BigInt(n[1]);
      }
    };
    const make = (at) => {
      if (made.has(at)) return made.get(at);
      const [tag, ...rest] = rows[at];
      const keep = (v) => { made.set(at, v); return v };
      const fill = (v, from) => {
        for (let i = from; i < rest.length; i += 2) Object.defineProperty(v, rest[i], { value: read(rest[i + 1]), writable: true, enumerable: true, configurable: true });
        return v;
      };
      switch (tag) {
        case 'date': return keep(new Date(read(rest[0])));
        case 'regexp': return keep(new RegExp(rest[0], rest[1]));
        case 'boxed': return keep(Object(read(rest[0])));
        case 'bytes': return keep(packed[rest[0]]);
        case 'view': return keep(new G[rest[0]](read(rest[1]), rest[2], rest[3]));
        case 'error': {
          const known = ['EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'].includes(rest[0]);
          const error = keep(new (known ? G[rest[0]] : Error)(rest[1]));
          for (const [key, text] of [['name', rest[0]], ['stack', rest[2]]]) {
            if (error[key] !== text) Object.defineProperty(error, key, { value: text, writable: true, configurable: true });
          }
          return error;
        }
        case 'map': {
          const map = keep(new Map());
          for (let i = 0; i < rest.length; i += 2) map.set(read(rest[i]), read(rest[i + 1]));
          return map;
        }
        case 'set': {
          const set = keep(new Set());
          for (const n of rest) set.add(read(n));
          return set;
        }
        case 'array': {
          const list = keep([]);
          list.length = rest[0];
          return fill(list, 1);
        }
        default: return fill(keep({}), 0);
      }
    };
    return read(value);
  };
})
