// The cloud database's rules: what a query means, what a change does, how values are kept.
(function (M) {
  'use strict';
  const GONE = Symbol('gone');
  const plain = v => v !== null && typeof v === 'object' && [Object.prototype, null].includes(Object.getPrototypeOf(v));

  class Condition {
    constructor(test) { Object.defineProperty(this, 'test', { value: test }); }
    and(...more) { return command.and(this, ...more.flat()); }
    or(...more) { return command.or(this, ...more.flat()); }
  }
  // Commands for a field can be chained as well: _.gt(1).lt(5).
  for (const name of ['eq', 'neq', 'gt', 'gte', 'lt', 'lte', 'in', 'nin', 'exists', 'mod', 'all', 'elemMatch', 'size']) {
    Condition.prototype[name] = function (...args) { return command.and(this, command[name](...args)); };
  }
  class Change { constructor(apply, rename) { Object.defineProperties(this, { apply: { value: apply }, rename: { value: rename } }); } }
  class ServerDate { constructor(o) { this.options = { offset: 0, ...o }; } }
  class Pattern {
    constructor(o) {
      const { regexp, options } = o || {};
      this.regexp = String(regexp);
      this.options = options || '';
      Object.defineProperty(this, 'own', { value: new RegExp(this.regexp, this.options.replace(/[^ims]/g, '')) });
    }
  }
  class Point {
    constructor(longitude, latitude) {
      if (plain(longitude)) [longitude, latitude] = longitude.coordinates;
      if (!(Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90)) throw new Error(`longitude and latitude of a Geo.Point are out of range: ${longitude}, ${latitude}`);
      this.longitude = longitude;
      this.latitude = latitude;
    }
    toJSON() { return { type: 'Point', coordinates: [this.longitude, this.latitude] }; }
  }

  // Values of different kinds have an order between them.
  const rank = v => v === undefined || v === null ? 0 : typeof v === 'number' ? 1 : typeof v === 'string' ? 2 : Array.isArray(v) ? 4
    : typeof v === 'boolean' ? 5 : v instanceof Date ? 6 : 3;
  const compare = (a, b) => {
    const kind = rank(a), by = kind - rank(b);
    if (by || !kind) return by;
    if (kind === 3 || kind === 4) {
      const [x, y] = [a, b].map(v => JSON.stringify(encode(v)));
      return x < y ? -1 : x > y ? 1 : 0;
    }
    return a < b ? -1 : a > b ? 1 : 0;
  };
  const same = (a, b) => {
    if (rank(a) !== rank(b)) return false;
    if (a instanceof Date) return a.getTime() === b.getTime();
    if (a === null || typeof a !== 'object') return rank(a) === 0 || a === b;
    const [x, y] = [Object.keys(a), Object.keys(b)];
    return x.length === y.length && x.every(k => k in b && same(a[k], b[k]));
  };

  // Every value that a path leads to; one through a list leads into each of its items.
  const reach = (value, parts) => {
    if (!parts.length) return [value];
    const [head, ...rest] = parts;
    if (Array.isArray(value)) {
      const at = /^\d+$/.test(head) && head in value ? reach(value[head], rest) : [];
      return at.concat(...value.filter(plain).map(item => reach(item, parts)));
    }
    return plain(value) && Object.prototype.hasOwnProperty.call(value, head) ? reach(value[head], rest) : [];
  };
  // The values found and, of those that are lists, the items.
  const spread = found => found.concat(...found.filter(Array.isArray));
  const check = (wanted, found) => {
    if (wanted instanceof Condition) return wanted.test(found);
    if (wanted instanceof RegExp || wanted instanceof Pattern) {
      const own = wanted.own || new RegExp(wanted.source, wanted.flags.replace(/[gy]/g, ''));
      return spread(found).some(v => typeof v === 'string' && own.test(v));
    }
    if (plain(wanted)) return spread(found).some(v => plain(v) && match(v, wanted));
    const value = store(wanted);
    return spread(found).some(v => same(v, value)) || (rank(value) === 0 && !found.length);
  };
  const match = (doc, query, openid) => query instanceof Condition ? query.test([doc])
    : Object.keys(query).every(key => check(query[key] === '{openid}' && openid !== undefined ? openid : query[key], reach(doc, key.split('.'))));

  const ordered = (wanted, good) => {
    const value = store(wanted);
    return new Condition(found => spread(found).some(v => rank(v) === rank(value) && good(compare(v, value))));
  };
  const listed = list => { if (!Array.isArray(list)) throw new Error('a list is expected'); return list; };
  const on = test => new Condition(test);
  const each = (items, test) => on(found => items.flat()[test](item => check(item, found)));
  const lists = (change, old) => change(Array.isArray(old) ? old.slice() : []);
  const pushed = (list, o) => {
    const { each: items, position, sort, slice } = plain(o) && Array.isArray(o.each) ? o : { each: Array.isArray(o) ? o : [o] };
    list.splice(position === undefined ? list.length : position, 0, ...items.map(store));
    if (typeof sort === 'number') list.sort((a, b) => compare(a, b) * sort);
    else if (sort) list = order(list, Object.keys(sort).map(k => [k, sort[k] < 0 ? 'desc' : 'asc']));
    return slice === undefined ? list : slice < 0 ? list.slice(slice) : list.slice(0, slice);
  };
  const to = apply => new Change(apply);
  const number = old => typeof old === 'number' ? old : 0;
  const refuse = name => () => { const res = { errMsg: `command.${name}:fail not supported`, errno: 100 }; throw Object.assign(new Error(res.errMsg), res); };
  const command = {
    eq: v => on(found => check(v, found)),
    neq: v => on(found => !check(v, found)),
    gt: v => ordered(v, n => n > 0),
    gte: v => ordered(v, n => n >= 0),
    lt: v => ordered(v, n => n < 0),
    lte: v => ordered(v, n => n <= 0),
    in: list => { listed(list); return on(found => list.some(v => check(v, found))); },
    nin: list => { listed(list); return on(found => !list.some(v => check(v, found))); },
    exists: yes => on(found => found.length > 0 === !!yes),
    mod: (by, rest) => { const [d, r] = Array.isArray(by) ? by : [by, rest]; return on(found => spread(found).some(v => typeof v === 'number' && v % d === r)); },
    all: list => { listed(list); return on(found => list.every(v => check(v, found))); },
    elemMatch: query => on(found => found.some(v => Array.isArray(v) && v.some(item => query instanceof Condition ? query.test([item]) : plain(item) && match(item, query)))),
    size: n => on(found => found.some(v => Array.isArray(v) && v.length === n)),
    and: (...items) => each(items, 'every'),
    or: (...items) => each(items, 'some'),
    nor: (...items) => on(found => !items.flat().some(item => check(item, found))),
    not: item => on(found => !check(item, found)),
    set: v => to(() => store(v)),
    remove: () => to(() => GONE),
    inc: n => to(old => number(old) + n),
    mul: n => to(old => number(old) * n),
    min: v => to(old => old === undefined || compare(store(v), old) < 0 ? store(v) : old),
    max: v => to(old => old === undefined || compare(store(v), old) > 0 ? store(v) : old),
    rename: name => new Change(() => GONE, name),
    push: (...items) => to(old => lists(list => pushed(list, items.length > 1 ? items : items[0]), old)),
    pop: () => to(old => lists(list => list.slice(0, -1), old)),
    shift: () => to(old => lists(list => list.slice(1), old)),
    unshift: (...items) => to(old => lists(list => items.flat().map(store).concat(list), old)),
    addToSet: o => to(old => lists(list => {
      for (const item of plain(o) && Array.isArray(o.each) ? o.each : [o]) if (!list.some(v => same(v, store(item)))) list.push(store(item));
      return list;
    }, old)),
    pull: query => to(old => lists(list => list.filter(item => !check(query, [item])), old)),
    pullAll: items => to(old => lists(list => list.filter(item => !items.some(v => same(item, store(v)))), old)),
  };
  for (const name of ['bit', 'geoNear', 'geoWithin', 'geoIntersects']) command[name] = refuse(name);
  Object.defineProperty(command, 'aggregate', { get: refuse('aggregate') });

  // A value as the database keeps it: a copy, without what it has no kind for.
  const store = v => {
    if (v instanceof ServerDate) return new Date(Date.now() + v.options.offset);
    if (v instanceof Date) return new Date(v.getTime());
    if (v instanceof Point) return v.toJSON();
    if (v instanceof Change || v instanceof Condition) throw new Error('a command stands where only a value can');
    if (Array.isArray(v)) return v.map(item => item === undefined ? null : store(item));
    if (v === null || typeof v !== 'object') return v;
    const made = {};
    for (const k of Object.keys(v)) if (v[k] !== undefined && typeof v[k] !== 'function') made[k] = store(v[k]);
    return made;
  };
  const place = (doc, parts, apply) => {
    const last = parts[parts.length - 1];
    let at = doc;
    for (const part of parts.slice(0, -1)) {
      if (at[part] === null || typeof at[part] !== 'object') at[part] = {};
      at = at[part];
    }
    const value = apply(at[last]);
    if (value === GONE) delete at[last]; else at[last] = value;
  };
  // Objects are gone into; everything else takes the place of what was there.
  const change = (doc, data, path = []) => {
    for (const key of Object.keys(data)) {
      const v = data[key], parts = path.concat(key.split('.'));
      if (v === undefined || typeof v === 'function') continue;
      if (v instanceof Change) {
        if (v.rename !== undefined) { const [old] = reach(doc, parts); if (old !== undefined) place(doc, path.concat(v.rename.split('.')), () => old); }
        place(doc, parts, v.apply);
      } else if (plain(v) && Object.keys(v).length) change(doc, v, parts);
      else place(doc, parts, () => store(v));
    }
  };
  const order = (docs, by) => by.length === 0 ? docs : docs.slice().sort((a, b) => {
    for (const [path, way] of by) {
      const n = compare(...[a, b].map(doc => reach(doc, path.split('.'))[0]));
      if (n) return way === 'desc' ? -n : n;
    }
    return 0;
  });
  const project = (doc, fields) => {
    if (!fields) return doc;
    const wanted = Object.keys(fields), without = wanted.filter(k => !fields[k]);
    if (wanted.some(k => fields[k])) {
      const made = without.includes('_id') ? {} : { _id: doc._id };
      for (const k of wanted) {
        const [v] = fields[k] ? reach(doc, k.split('.')) : [];
        if (v !== undefined) place(made, k.split('.'), () => v);
      }
      return made;
    }
    for (const k of without) if (reach(doc, k.split('.')).length) place(doc, k.split('.'), () => GONE);
    return doc;
  };
  // Dates are { $date } in a file, as in the exports of the platform's console.
  const encode = v => {
    if (v instanceof Date) return { $date: v.toISOString() };
    if (Array.isArray(v)) return v.map(encode);
    if (!plain(v)) return v;
    const made = {};
    for (const k of Object.keys(v)) made[k] = encode(v[k]);
    return made;
  };
  const decode = v => {
    if (Array.isArray(v)) return v.map(decode);
    if (!plain(v)) return v;
    const keys = Object.keys(v);
    if (keys.length === 1 && keys[0] === '$date') return new Date(v.$date);
    if (keys.length === 1 && keys[0] === '$oid') return v.$oid;
    const made = {};
    for (const k of keys) made[k] = decode(v[k]);
    return made;
  };
  M.cloudCommand = { match, change, store, order, encode, decode, project, command, ServerDate, Pattern, Point };
})
