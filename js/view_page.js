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

  // An app that draws its tab bar itself has one on the page of each tab, beside what the page's template says.
  const besides = (record) => {
    const { tabBar } = view.pages.get(record.path) || {};
    if (tabBar) record.tabBar = guarded(tabBar, () => backend.createRoot('custom-tab-bar', space, tabBar).getComponent());
  };
  const trees = (record) => [record.root, record.tabBar].filter(Boolean);

  // Lives of a page around those of its components.
  const tell = (record, name, args) => trees(record).forEach((root) => root.triggerPageLifetime(name, args || []));
  const lives = (record) => ({
    show() { tell(record, 'show'); M.callPage(record.self, 'onShow', []) },
    hide() { tell(record, 'hide'); M.callPage(record.self, 'onHide', []) },
    resize(e) { tell(record, 'resize', [e]) },
    routeDone() { tell(record, 'routeDone'); M.callPage(record.self, 'onRouteDone', []) },
    ready() {
      record.isReady = true;
      trees(record).forEach(ready);
      M.callPage(record.self, 'onReady', []);
    },
    unload() {
      M.callPage(record.self, 'onUnload', []);
      trees(record).forEach(Element.pretendDetached);
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
    besides(record);
    trees(record).forEach(Element.pretendAttached);
    if (record.moved) M.moveAgain(record);
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
      besides(record);
      M.dressPage(self, record);
      return Object.assign(lives(record), {
        self,
        load() {
          trees(record).forEach(Element.pretendAttached);
          M.callPage(self, 'onLoad', [record.query]);
        },
      });
    };
  };
})
