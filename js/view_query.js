// Selector queries and observers, answered from the tree. There is no layout: a node is at the top left corner of the
// screen, as large as its own style says in px or rpx, and in view.
(function (M) {
  'use strict';
  const top = () => { const p = M.stack[M.stack.length - 1]; return p && p.self };
  // The component that a page, or a component's instance, stands for; none without a view.
  const scopeOf = (self) => {
    if (!self) return null;
    if (self._$) return self._$;
    try {
      M.lazy('view');
      return M.view.of(self) || null;
    } catch (e) {
      return null;
    }
  };
  const select = (self, selector) => {
    const scope = scopeOf(self);
    if (!scope) return [];
    M.lazy('view_select');
    return M.view.select(scope, selector);
  };
  const screen = () => {
    const { windowWidth, windowHeight } = M.host.call('getWindowInfo', {});
    return { width: windowWidth, height: windowHeight };
  };
  const size = (node, name) => {
    const m = /^([\d.]+)(r?px)$/.exec(M.view.declared(node, name));
    return m ? m[2] === 'px' ? Number(m[1]) : Number(m[1]) * screen().width / 750 : 0;
  };
  const box = (node) => ({ left: 0, top: 0, width: size(node, 'width'), height: size(node, 'height') });
  const rect = ({ left, top, width, height }) => ({ left, right: left + width, top, bottom: top + height, width, height });

  const VIEWPORT = {};
  const answer = (node, f) => {
    const isView = node === VIEWPORT, out = {};
    if (f.id) out.id = isView ? '' : node.id;
    if (f.dataset) out.dataset = isView ? {} : node.dataset || {};
    if (f.mark) out.mark = isView ? {} : node.collectMarks();
    const place = f.rect || f.size ? rect(isView ? { left: 0, top: 0, ...screen() } : box(node)) : {};
    for (const k of f.rect ? ['left', 'right', 'top', 'bottom'] : []) out[k] = place[k];
    for (const k of f.size ? ['width', 'height'] : []) out[k] = place[k];
    if (f.scrollOffset) Object.assign(out, { scrollLeft: 0, scrollTop: 0 }, f.scrollSize === false ? {} : { scrollWidth: 0, scrollHeight: 0 });
    if (isView) return out;
    for (const k of f.properties || []) out[k] = M.view.attribute(node, k.replace(/[A-Z]/g, (c) => '-' + c.toLowerCase()));
    for (const k of f.computedStyle || []) out[k] = style(node, k);
    if (f.context) out.context = context(node);
    const kind = f.node && M.view.kind(node);
    if (f.node) out.node = kind && kind.node ? kind.node(node) : null;
    return out;
  };
  const style = (node, name) => M.view.declared(node, name.replace(/[A-Z]/g, (c) => '-' + c.toLowerCase()));
  const CONTEXTS = { video: 'createVideoContext', canvas: 'createCanvasContext', map: 'createMapContext', 'live-player': 'createLivePlayerContext' };
  const context = (node) => {
    const make = CONTEXTS[node.is], kind = M.view.kind(node);
    if (kind && kind.context) return kind.context(node);
    return make ? M.wx[make](node.is === 'canvas' ? node.getAttribute('canvas-id') || node.id : node.id) : null;
  };

  class NodesRef {
    constructor(query, find) { Object.defineProperties(this, { query: { value: query }, find: { value: find } }) }
    fields(fields, callback) {
      this.query.requests.push({ find: this.find, fields: fields || {}, callback });
      return this.query;
    }
    boundingClientRect(callback) { return this.fields({ id: true, dataset: true, rect: true, size: true }, callback) }
    scrollOffset(callback) { return this.fields({ id: true, dataset: true, scrollOffset: true }, callback) }
    context(callback) { return this.fields({ context: true }, callback) }
    node(callback) { return this.fields({ node: true }, callback) }
    ref(callback) { return this.fields({ node: true }, callback) }
  }
  class SelectorQuery {
    constructor() { Object.defineProperties(this, { requests: { value: [] }, within: { value: undefined, writable: true } }) }
    in(component) {
      this.within = component;
      return this;
    }
    select(selector) {
      const { within } = this;
      return new NodesRef(this, () => select(within || top(), selector)[0] || null);
    }
    selectAll(selector) {
      const { within } = this;
      return new NodesRef(this, () => select(within || top(), selector));
    }
    selectViewport() { return new NodesRef(this, () => VIEWPORT) }
    exec(callback) {
      const requests = this.requests.slice();
      M.setTimeout(() => {
        const results = requests.map(({ find, fields }) => {
          const found = find();
          return Array.isArray(found) ? found.map((node) => answer(node, fields)) : found && answer(found, fields);
        });
        requests.forEach(({ callback }, at) => { if (typeof callback === 'function') M.guard(callback, undefined, [results[at]], 'SelectorQuery') });
        if (typeof callback === 'function') M.guard(callback, undefined, [results], 'SelectorQuery.exec');
      });
      return this;
    }
  }
  M.made.createSelectorQuery = () => new SelectorQuery();

  // What is there is in view, so that an observer hears of it once.
  class IntersectionObserver {
    constructor(self, options) { Object.defineProperties(this, { self: { value: self }, all: { value: !!(options && options.observeAll) }, ended: { value: false, writable: true } }) }
    relativeTo() { return this }
    relativeToViewport() { return this }
    observe(selector, callback) {
      M.setTimeout(() => {
        if (this.ended) return;
        const found = select(this.self || top(), selector), relativeRect = rect({ left: 0, top: 0, ...screen() });
        for (const node of this.all ? found : found.slice(0, 1)) {
          const boundingClientRect = rect(box(node));
          const seen = { id: node.id, dataset: node.dataset || {}, time: Date.now(), intersectionRatio: 1, boundingClientRect, intersectionRect: boundingClientRect, relativeRect };
          if (typeof callback === 'function') M.guard(callback, undefined, [seen], 'IntersectionObserver');
        }
      });
    }
    disconnect() { this.ended = true }
  }
  M.made.createIntersectionObserver = (self, options) => new IntersectionObserver(self, options);

  const BOUNDS = {
    width: (w, h, v) => w === v, minWidth: (w, h, v) => w >= v, maxWidth: (w, h, v) => w <= v,
    height: (w, h, v) => h === v, minHeight: (w, h, v) => h >= v, maxHeight: (w, h, v) => h <= v,
    orientation: (w, h, v) => v === (w > h ? 'landscape' : 'portrait'),
  };
  class MediaQueryObserver {
    observe(descriptor, callback) {
      M.setTimeout(() => {
        const { width, height } = screen();
        const matches = Object.keys(descriptor || {}).every((k) => !BOUNDS[k] || BOUNDS[k](width, height, descriptor[k]));
        if (!this.ended && typeof callback === 'function') M.guard(callback, undefined, [{ matches }], 'MediaQueryObserver');
      });
    }
    disconnect() { Object.defineProperty(this, 'ended', { value: true }) }
  }
  M.made.createMediaQueryObserver = () => new MediaQueryObserver();
})
