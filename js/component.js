// Component() as a page constructor and Behavior(), for pages without a view: data, properties, observers, lifetimes.
(function (M) {
  'use strict';
  const { clone, parsePath: parse, put, changes, afterSetData: after, dressPage: dress, callPage: call, registerPage: register } = M;
  const proto = M.pageProto(), isArray = Array.isArray;
  const LIFE = ['created', 'attached', 'ready', 'moved', 'detached', 'error'], SHOWN = ['show', 'hide', 'resize', 'routeDone'];
  const behaviors = new Map([
    ['wx://form-field', { properties: { name: String, value: null } }],
    ['wx://form-field-group', {}], ['wx://form-field-button', {}], ['wx://component-export', {}],
  ]);
  let lastId = 0;

  // A definitionFilter sees the definition that uses its behavior before anything is taken from it.
  const filter = (o) => {
    for (const id of o.behaviors || []) {
      const b = behaviors.get(id);
      if (!b || typeof b.definitionFilter !== 'function') continue;
      const inner = (b.behaviors || []).map((i) => (behaviors.get(i) || {}).definitionFilter).filter(Boolean);
      M.guard(b.definitionFilter, b, [o, inner], 'definitionFilter');
    }
    return o;
  };

  const plain = (v) => v && typeof v === 'object' && !isArray(v);
  const merge = (into, from) => {
    for (const k of Object.keys(from || {})) {
      if (plain(into[k]) && plain(from[k])) merge(into[k], from[k]);
      else into[k] = clone(from[k]);
    }
  };
  const observer = (key, fn) => ({
    fn,
    fields: key.split(',').map((f) => {
      f = f.trim();
      const deep = f === '**' || f.endsWith('.**');
      f = deep ? f.slice(0, -3) : f;
      return { path: f ? parse(f) : [], deep };
    }),
  });
  const property = (p) => p && typeof p === 'object' ? Object.assign({ type: null }, p) : { type: p };

  // Behaviors come first, each once; data merges deeply, later properties and methods win, all lifetimes and observers run.
  const collect = (into, o) => {
    for (const id of o.behaviors || []) {
      const b = behaviors.get(id);
      if (!b || into.ids.has(id)) continue;
      into.ids.add(id);
      collect(into, b);
    }
    merge(into.data, o.data);
    for (const k of Object.keys(o.properties || {})) into.properties[k] = property(o.properties[k]);
    Object.assign(into.methods, o.methods);
    for (const k of LIFE) {
      const fn = (o.lifetimes && o.lifetimes[k]) || o[k];
      if (typeof fn === 'function') into.life[k].push(fn);
    }
    for (const k of SHOWN) {
      const fn = o.pageLifetimes && o.pageLifetimes[k];
      if (typeof fn === 'function') into.shown[k].push(fn);
    }
    for (const k of Object.keys(o.observers || {})) {
      const fn = o.observers[k];
      if (typeof fn === 'function') into.observers.push(observer(k, fn));
    }
    return into;
  };
  const lists = (names) => Object.fromEntries(names.map((n) => [n, []]));
  const definition = (o) => collect({ ids: new Set(), data: {}, properties: {}, methods: {}, life: lists(LIFE), shown: lists(SHOWN), observers: [] }, o);

  const fits = (v, type) => type === String ? typeof v === 'string' : type === Number ? typeof v === 'number'
    : type === Boolean ? typeof v === 'boolean' : type === Array ? isArray(v) : type === Object ? typeof v === 'object' : true;
  // A value of a wrong type becomes one of the property's own type, never its default.
  const convert = (v, { type, optionalTypes }) => {
    if (v === undefined) v = null;
    if (fits(v, type) || (optionalTypes || []).some((t) => fits(v, t) && !(t === Object && isArray(v)))) return v;
    if (type === String) return v === null ? '' : String(v);
    if (type === Number) return Number.isFinite(Number(v)) ? Number(v) : 0;
    return type === Boolean ? !!v : type === Array ? [] : null;
  };

  // A change touches a field when it sets the field or something above it; below it only for '**'.
  const touches = (path, field) => {
    if (path.length > field.path.length && !field.deep) return false;
    return field.path.every((k, i) => i >= path.length || k === path[i]);
  };
  const at = (data, path) => path.reduce((o, k) => o === null || o === undefined ? undefined : o[k], data);

  // What an observer sets is there at once; its observers run when that observer is done, before the next one.
  const notify = (self, done) => {
    const def = self.__def__, where = self.__route__ + ' observer';
    for (const o of def.observers) {
      if (!done.some((c) => o.fields.some((f) => touches(c.path, f)))) continue;
      self.__waiting__ = [];
      M.guard(o.fn, self, o.fields.map((f) => at(self.data, f.path)), where);
      const waiting = self.__waiting__;
      self.__waiting__ = null;
      for (const inner of waiting) notify(self, inner);
    }
    for (const { path, v, old, p } of done) {
      const fn = p && (typeof p.observer === 'string' ? self[p.observer] : p.observer);
      if (typeof fn === 'function' && (path.length > 1 || v !== old || (v && typeof v === 'object'))) M.guard(fn, self, [v, old, path], where);
    }
  };
  const apply = (self, list) => {
    const done = list.map(([path, v]) => {
      const own = path.length === 1, p = self.__def__.properties[path[0]], old = own ? self.data[path[0]] : undefined;
      if (own && p) v = convert(v, p);
      put(self.data, path, v);
      return { path, v, old, p };
    });
    if (self.__waiting__) self.__waiting__.push(done); else notify(self, done);
  };

  const base = Object.defineProperties({}, Object.getOwnPropertyDescriptors(proto));
  base.setData = function (d, cb) { apply(this, changes(d)); after(cb, this) };
  base.hasBehavior = function (id) { return this.__def__.ids.has(id) };

  // `fill` adds what a Page() definition carries beside its behaviors.
  const create = (def, info, fill) => {
    const self = Object.assign(Object.create(base), def.methods);
    Object.defineProperties(self, { __def__: { value: def }, __waiting__: { value: null, writable: true } });
    const initial = clone(def.data);
    for (const k of Object.keys(def.properties)) {
      const p = def.properties[k];
      initial[k] = p.value === undefined ? convert(null, p) : clone(p.value);
    }
    self.data = self.properties = initial;
    self.id = '';
    self.dataset = {};
    if (fill) fill(self);
    dress(self, info);
    const run = (fns, args) => { for (const fn of fns) M.guard(fn, self, args || [], info.path) };
    run(def.life.created);
    apply(self, Object.keys(def.properties).filter((k) => k in info.query).map((k) => [[k], info.query[k]]));
    return {
      self,
      load() { run(def.life.attached); call(self, 'onLoad', [info.query]) },
      show() { run(def.shown.show); call(self, 'onShow') },
      ready() { run(def.life.ready); call(self, 'onReady') },
      hide() { run(def.shown.hide); call(self, 'onHide') },
      resize(e) { run(def.shown.resize, [e]) },
      routeDone() { run(def.shown.routeDone); call(self, 'onRouteDone') },
      unload() { call(self, 'onUnload'); run(def.life.detached) },
    };
  };

  M.component = {
    behaviors,
    // Outside of a page's script a component is only known; without a view nothing makes an instance of it.
    define(o) {
      if (!o || typeof o !== 'object') throw new TypeError('Component() should be called with an object');
      const def = definition(filter(o));
      if (M.current) register('Component', o, (info) => create(def, info));
    },
    behavior(o) {
      const id = 'behavior-' + ++lastId;
      behaviors.set(id, filter(o || {}));
      return id;
    },
    page(o) {
      const { behaviors, data, properties, methods, observers, lifetimes, pageLifetimes } = filter(o);
      const def = definition({ behaviors, data, properties, methods, observers, lifetimes, pageLifetimes });
      return (info) => create(def, info, (self) => {
        for (const k in o) {
          if (!['data', 'properties', 'behaviors'].includes(k)) self[k] = typeof o[k] === 'function' ? M.bind(o[k], self, info.path + ' ' + k) : clone(o[k]);
        }
      });
    },
  };
})
