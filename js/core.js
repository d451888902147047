// The kit that the other files build on: calls to the host, events from it, guarded calls into the app.
(function (M) {
  'use strict';
  const native = M.native, stringify = JSON.stringify, handlers = {}, listeners = {}, pending = new Map();
  let lastId = 0;
  const bytesOf = v => v instanceof ArrayBuffer ? v
    : ArrayBuffer.isView(v) ? v.buffer.slice(v.byteOffset, v.byteOffset + v.byteLength) : null;
  const pack = opts => {
    const plain = {}, buffers = [];
    for (const key of Object.keys(opts || {})) {
      const bytes = bytesOf(opts[key]);
      if (bytes) buffers.push(key, bytes); else plain[key] = opts[key];
    }
    return [stringify(plain), buffers];
  };
  const loaders = [];
  // A world is made before its package is known; what depends on the package waits for it.
  M.onLoad = fn => { loaders.push(fn); };
  M.load = spec => {
    M.config = JSON.parse(spec.config || '{}');
    M.appJson = JSON.parse(spec.app_json || '{}');
    M.pageJson = path => JSON.parse(spec.page_json[path] || '{}');
    const scripts = new Set(spec.scripts);
    M.has = path => scripts.has(path);
    // A part of the package that came later.
    M.on('subpackage', p => { for (const s of p.scripts) scripts.add(s); Object.assign(spec.page_json, p.pageJson); });
    for (const fn of loaders) fn();
  };
  M.wx = {};
  M.objects = {};
  M.host = {
    call(api, opts) { const p = pack(opts); return native.call(api, p[0], p[1]); },
    start(api, opts, done) {
      const id = ++lastId, p = pack(opts);
      pending.set(id, done);
      native.start(id, api, p[0], p[1]);
      return id;
    },
    nextId: () => lastId + 1,
  };
  M.on = (event, fn) => { handlers[event] = fn; };
  M.on('complete', p => {
    const done = pending.get(p.id);
    pending.delete(p.id);
    if (done) done(p.error || null, p.result);
  });
  M.dispatch = (event, payload) => handlers[event] ? handlers[event](payload) : M.fire(event, payload);
  M.note = (kind, properties) => native.note(kind, stringify(properties || {}));
  M.listeners = event => listeners[event] || (listeners[event] = []);
  M.guard = (fn, self, args, where) => {
    try { return fn.apply(self, args || []); } catch (error) { M.report(error, where); }
  };
  M.fire = (event, arg) => {
    for (const fn of M.listeners(event).slice()) M.guard(fn, undefined, [arg], 'wx.on' + M.cap(event));
  };
  M.cap = text => text[0].toUpperCase() + text.slice(1);
  let reporting = false;
  M.report = (error, where) => {
    const seen = native.report(error, where || '');
    if (reporting) return;
    reporting = true;
    try { if (M.onAppError) M.onAppError(seen); M.fire('error', { message: seen.message, stack: seen.stack }); } finally { reporting = false; }
  };
  M.unhandled = (reason, promise) => { native.report(reason, 'promise'); M.fire('unhandledRejection', { reason, promise }); };
  const loaded = {};
  M.lazy = file => { if (!loaded[file]) { loaded[file] = true; native.lazy(file)(M); } };
  M.on('test', p => { M.lazy('testing'); M.global.testServer = { url: p.server }; M.runTests(p); });
  M.global.global = M.global;
  // Undocumented on the platform, but apps and test clients look into it. Made when somebody does.
  Object.defineProperty(M.global, '__wxConfig', {
    configurable: true,
    get() {
      const { window, tabBar, networkTimeout, subPackages, subpackages, debug } = M.appJson || {};
      const { appId, ...facts } = M.config || {};
      return this.__wxConfig = { ...facts, accountInfo: { appId }, global: { window }, tabBar, networkTimeout, subPackages: subPackages || subpackages || [], debug: !!debug };
    },
    set(value) { Object.defineProperty(M.global, '__wxConfig', { value, writable: true, configurable: true, enumerable: true }); },
  });
})
