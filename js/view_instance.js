// What instances of components and of pages can do besides what the framework gives them.
(function (M) {
  'use strict';
  const { view } = M, { easel } = view;
  const page = M.pageProto();
  const proto = M.easelAdapter.component.ComponentCaller.prototype;
  const own = (name, value) => Object.defineProperty(proto, name, { value, writable: true, configurable: true });

  // The page that an instance is in.
  view.root = (node) => {
    while (node.ownerShadowRoot) node = node.ownerShadowRoot.getHostNode();
    return node;
  };
  view.recordOf = (node) => {
    const root = view.root(node);
    for (const record of M.pages.values()) if (record.root === root || (root && record.tabBar === root)) return record;
  };
  // The tab bar of a page, by the root of either.
  view.barOf = (root) => {
    const record = view.recordOf(root);
    return record && record.tabBar;
  };

  // What another component may know of a component: what it exports, or itself.
  const seen = (from, node) => {
    if (!easel.Component.isComponent(node)) return undefined;
    const caller = node.getMethodCaller();
    const given = typeof caller._$export === 'function' ? caller._$export(from) : undefined;
    return given === undefined ? caller : given;
  };
  const inside = (self) => self._$ && self._$.getShadowRoot();
  const shared = {
    selectComponent(selector) {
      const root = inside(this), node = root && root.querySelector(selector);
      const found = node ? seen(this, node) : null;
      return found === undefined ? null : found;
    },
    selectAllComponents(selector) {
      const root = inside(this);
      return root ? root.querySelectorAll(selector).map((node) => seen(this, node)).filter((c) => c !== undefined) : [];
    },
    selectOwnerComponent() {
      const owner = this._$ && this._$.ownerShadowRoot;
      const found = owner ? seen(this, owner.getHostNode()) : null;
      return found === undefined ? null : found;
    },
    getRelationNodes(key) {
      return this._$ ? this._$.getRelationNodes(key).map((node) => node.getMethodCaller()) : [];
    },
    triggerEvent(name, detail, options) {
      if (this._$) this._$.triggerEvent(name, detail === undefined ? {} : detail, options);
    },
    // The tab bar that the app draws on the page; the callback is for renderers that give it later.
    getTabBar(callback) {
      const bar = this._$ && view.barOf(this._$), found = bar ? bar.getMethodCaller() : null;
      if (typeof callback === 'function') M.setTimeout(() => M.guard(callback, this, [found], 'getTabBar callback'));
      return found;
    },
    hasBehavior(id) {
      const behavior = view.behavior(id);
      return !!(this._$ && behavior && this._$.hasBehavior(behavior._$));
    },
    setUpdatePerformanceListener(options, listener) {
      if (typeof listener === 'function') Object.defineProperty(this, '__updates__', { value: { listener, ids: 0, data: !!(options && options.withDataPaths) }, configurable: true });
    },
  };

  // One report for each update: components have no separate queue here, so nothing waits and nothing is merged.
  const told = (self, data, began) => {
    const updates = self.__updates__;
    if (!updates) return;
    const id = ++updates.ids;
    const report = { updateProcessId: id, isMergedUpdate: false, pendingStartTimestamp: began, updateStartTimestamp: began, updateEndTimestamp: Date.now() };
    if (updates.data) report.dataPaths = Object.keys(data || {}).map((k) => M.parsePath(k));
    M.guard(updates.listener, self, [report], 'setUpdatePerformanceListener');
  };
  const plainSetData = page.setData;
  const setData = function setData(data, callback) {
    if (!this._$) return plainSetData.call(this, data, callback);
    const began = Date.now();
    this._$.setData(data);
    told(this, data, began);
    M.afterSetData(callback, this);
  };

  for (const k of Object.keys(shared)) {
    own(k, shared[k]);
    page[k] = shared[k];
  }
  own('setData', setData);
  page.setData = setData;
  own('groupSetData', function groupSetData(fn) {
    if (typeof fn === 'function') this._$.groupUpdates(() => fn.call(this));
  });
  // What pages have besides, a component has of its page.
  for (const k of ['animate', 'applyAnimation', 'clearAnimation', 'getAppBar', 'setInitialRenderingCache', 'setPassiveEvent']) own(k, page[k]);
  own('getPageId', function getPageId() {
    const record = view.recordOf(this._$);
    return record ? 'pageId:' + record.id : '';
  });
  own('getOpenerEventChannel', function getOpenerEventChannel() {
    const record = view.recordOf(this._$);
    return record && record.self !== this ? record.self.getOpenerEventChannel() : page.getOpenerEventChannel.call(this);
  });
  // Queries stand in a file of their own, which loads without a tree.
  const query = (name, make) => own(name, function (options) { M.lazy('view_query'); return make(M.made, this, options) });
  query('createSelectorQuery', (made, self) => made.createSelectorQuery().in(self));
  query('createIntersectionObserver', (made, self, options) => made.createIntersectionObserver(self, options));
  query('createMediaQueryObserver', (made) => made.createMediaQueryObserver());
  own('renderer', 'webview');
  for (const k of ['router', 'pageRouter']) Object.defineProperty(proto, k, { get() { return M.wx }, configurable: true });
})
