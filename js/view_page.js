// A page with a tree: its components' lifetimes between its own.
(function (M) {
  'use strict';
  const { view } = M, { easel, space, backend } = view, { Component, Element } = easel;

  // `ready` comes once for each component, inner ones first, when all that was attached with it is in place.
  const waiting = new Set();
  const ready = (node) => {
    if (Component.isComponent(node)) {
      if (node.getShadowRoot()) ready(node.getShadowRoot());
      if (!node.__isReady && Element.isAttached(node)) {
        node.__isReady = true;
        node.triggerLifetime('ready', []);
      }
    }
    for (const child of node.childNodes || []) ready(child);
  };
  const late = () => {
    const nodes = Array.from(waiting);
    waiting.clear();
    for (const node of nodes) if (!node.__isReady && Element.isAttached(node)) ready(node);
  };

  space.setOverallBehavior(space.getComponentSpace().define().lifetime('attached', function () {
    const record = view.recordOf(this._$);
    if (!record || !record.isReady) return;
    if (!waiting.size) M.setTimeout(late);
    waiting.add(this._$);
  }).registerBehavior());

  // The root's instance is the page's own, which may have lived without a tree so far.
  let making;
  const roots = new Set();
  const define = (path) => {
    if (roots.has(path)) return;
    roots.add(path);
    const config = view.configs[path] || {};
    space.addComponentStaticConfig(path, { ...config, component: false });
    const builder = space.component(path).data(() => making.data);
    builder._$.methodCallerInit(function () {
      Object.defineProperty(making, '_$', { value: this, configurable: true });
      return making;
    });
    builder.register();
  };
  const create = (path, query) => {
    const search = Object.keys(query).map((k) => encodeURIComponent(k) + '=' + encodeURIComponent(query[k])).join('&');
    return backend.createRoot('page', space, search ? path + '?' + search : path).getComponent();
  };
  const guarded = (path, make) => {
    try { return make() } catch (e) { M.report(e, path) }
  };

  // Lives of a page around those of its components.
  const tell = (record, name) => record.root && record.root.triggerPageLifetime(name, []);
  const lives = (record) => ({
    show() { tell(record, 'show'); M.callPage(record.self, 'onShow', []) },
    hide() { tell(record, 'hide'); M.callPage(record.self, 'onHide', []) },
    resize(e) { if (record.root) record.root.triggerPageLifetime('resize', [e]) },
    ready() {
      record.isReady = true;
      if (record.root) ready(record.root);
      M.callPage(record.self, 'onReady', []);
    },
    unload() {
      M.callPage(record.self, 'onUnload', []);
      if (record.root) Element.pretendDetached(record.root);
    },
  });

  // Gives a page that is there its tree.
  view.attach = (record) => {
    if (record.root !== undefined) return;
    const { path, self } = record;
    record.root = guarded(path, () => {
      define(path);
      making = self;
      return create(path, {});
    }) || null;
    if (!record.root) return;
    // A page that was a component without a tree goes on as it is, and its tree follows its data.
    if (record.show) follow(record); else Object.assign(record, lives(record));
    Element.pretendAttached(record.root);
  };
  const follow = ({ self, root }) => {
    const { setData } = self;
    self.setData = function (data, callback) {
      setData.call(self, data, callback);
      const now = {};
      for (const k of Object.keys(data || {})) now[k] = M.parsePath(k).reduce((v, step) => v === null || v === undefined ? undefined : v[step], self.data);
      root.setData(now);
    };
  };
  // A page that uses components has its tree before its onLoad.
  M.viewed = (record) => { if (view.pages.has(record.path)) view.attach(record) };

  // A page that uses components and is one itself, or has behaviors: the framework's instance is the page.
  view.componentPage = (path, define) => {
    let isDefined = false;
    return (record) => {
      const root = guarded(path, () => {
        if (!isDefined) define();
        isDefined = true;
        return create(path, record.query);
      }) || null;
      const self = root ? root.getMethodCaller() : Object.create(M.pageProto());
      record.root = root;
      M.dressPage(self, record);
      return Object.assign(lives(record), {
        self,
        load() {
          if (root) Element.pretendAttached(root);
          M.callPage(self, 'onLoad', [record.query]);
        },
      });
    };
  };
})
