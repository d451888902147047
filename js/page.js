// Page() and what every page instance can do; Component() and Behavior() are stubs that load component.js.
(function (M) {
  'use strict';
  const G = M.global, later = M.setTimeout;
  // path -> create(info {id, path, query, opener}), which gives {self, load, show, ready, hide, unload}: the seam for
  // a page that has a view.
  const defs = M.pageDefs = {}, stack = M.stack = [];

  const { clone, parsePath: parse, put, changes } = M;
  const after = (cb, self) => { if (typeof cb === 'function') later(() => M.guard(cb, self, [], 'setData callback')) };

  const proto = Object.assign(M.pageProto(), {
    setData(d, cb) {
      M.assign(this.data, d);
      after(cb, this);
    },
    groupSetData(fn) { if (typeof fn === 'function') fn.call(this) },
    getOpenerEventChannel() { return this.__opener__ ? M.channel(this.__opener__) : {} },
    getPageId() { return 'pageId:' + this.__wxWebviewId__ },
    animate(s, frames, duration, cb) { after(cb, this) },
    clearAnimation(s, o, cb) { after(typeof o === 'function' ? o : cb, this) },
  });
  const router = { get() { return M.wx }, configurable: true };
  Object.defineProperties(proto, { router, pageRouter: router });

  // What the platform puts on each page instance.
  const dress = (self, info) => {
    self.route = self.__route__ = self.is = info.path;
    self.options = info.query;
    self.renderer = 'webview';
    return Object.defineProperties(self, { __wxWebviewId__: { value: info.id, writable: true }, __opener__: { value: info.opener } });
  };
  const call = (self, name, args) => {
    if (typeof self[name] === 'function') return M.guard(self[name], self, args || [], self.__route__ + ' ' + name);
  };
  const drive = (self, info) => ({
    self,
    load() { call(self, 'onLoad', [info.query]) },
    show() { call(self, 'onShow') },
    ready() { call(self, 'onReady') },
    hide() { call(self, 'onHide') },
    unload() { call(self, 'onUnload') },
  });

  const page = (o) => (info) => {
    const self = Object.create(proto);
    for (const k in o) {
      if (k === 'data') continue;
      self[k] = typeof o[k] === 'function' ? M.bind(o[k], self, info.path + ' ' + k) : clone(o[k]);
    }
    self.data = {};
    try { self.data = M.copy(o.data || {}) } catch (e) { M.report(e, info.path + ' data') }
    return drive(dress(self, info), info);
  };

  // A registration belongs to the page script that is being run.
  const register = (what, o, create) => {
    const path = M.current;
    if (!path) throw new Error(what + '() belongs into the script of a page that app.json lists, outside of asynchronous code');
    if (!o || typeof o !== 'object') throw new TypeError(what + '() of ' + path + ' should be called with an object');
    if (defs[path]) throw new Error('Please do not register multiple Pages in ' + path + '.js');
    defs[path] = create;
  };
  const component = () => { M.lazy('component'); return M.component };

  G.Page = function Page(o) { register('Page', o, o && o.behaviors ? component().page(o) : page(o)) };
  G.Component = function Component(o) { return component().define(o) };
  G.Behavior = function Behavior(o) { return component().behavior(o) };
  G.getCurrentPages = () => stack.map((p) => p.self);

  M.pageKit = { proto, clone, parse, put, changes, after, dress, call, register, empty: page({}) };
})
