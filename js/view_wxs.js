// What WXS has of nodes: the descriptors that handlers of changes and of events in WXS are given.
(function (M) {
  'use strict';
  const { view } = M, { Component, Element } = view.easel;
  const made = new WeakMap();
  const EXTRA = 2, TEMPORARY = 3;
  const text = (style) => typeof style === 'string' ? style
    : Object.keys(style || {}).map((k) => k.replace(/[A-Z]/g, (c) => '-' + c.toLowerCase()) + ':' + style[k]).join(';');

  class Descriptor {
    #node; #state = {}; #style = '';
    constructor(node) { this.#node = node }
    // The component that the node is, or else the one whose template it stands in.
    #self() {
      const node = this.#node;
      return Component.isComponent(node) ? node.getMethodCaller() : node.ownerShadowRoot.getHostNode().getMethodCaller();
    }
    #find(selector) {
      M.lazy('view_select');
      return view.select(this.#node, selector);
    }
    selectComponent(selector) {
      const [found] = this.#find(selector);
      return found ? describe(found) : undefined;
    }
    selectAllComponents(selector) { return this.#find(selector).map(describe) }
    setStyle(style) {
      this.#style = text(style);
      this.#node.setNodeStyle(this.#style, TEMPORARY);
      return this;
    }
    #toggle(names, on) {
      for (const name of [].concat(names)) this.#node.toggleNodeClass(name, on, EXTRA);
      return this;
    }
    addClass(names) { return this.#toggle(names, true) }
    removeClass(names) { return this.#toggle(names, false) }
    hasClass(name) { return String(this.#node.class || '').split(/\s+/).includes(name) }
    getDataset() { return this.#node.dataset || {} }
    getState() { return this.#state }
    callMethod(name, args) {
      const self = this.#self();
      if (typeof self[name] === 'function') M.guard(self[name], self, [args], (self.is || self.route) + ' ' + name);
    }
    triggerEvent(name, detail, options) { this.#node.triggerEvent(name, detail === undefined ? {} : detail, options) }
    requestAnimationFrame(f) { return M.setTimeout(f, 16) }
    setTimeout(f, ms) { return M.setTimeout(f, ms) }
    clearTimeout(id) { M.global.clearTimeout(id) }
    getComputedStyle(names) {
      return Object.fromEntries((names || []).map((name) => [name, view.declared(this.#node, name)]));
    }
    getBoundingClientRect() { return { left: 0, right: 0, top: 0, bottom: 0, width: 0, height: 0 } }
  }
  const describe = (node) => {
    if (!made.has(node)) made.set(node, new Descriptor(node));
    return made.get(node);
  };

  // A handler of changes looks at nodes that may only come with the same update.
  let waiting;
  const after = (f) => {
    if (waiting) return void waiting.push(f);
    waiting = [f];
    M.setTimeout(() => {
      const all = waiting;
      waiting = undefined;
      for (const one of all) M.guard(one, undefined, [], 'WXS change');
    }, 0);
  };

  // Templates call these: A for handlers of changes, C for handlers of events. A path that begins in a script is WXS.
  view.wxs = {
    A: (f) => typeof f !== 'function' ? () => {}
      : (now, before, owner, node) => after(() => { if (Element.isAttached(node)) f(now, before, describe(owner), describe(node)) }),
    C(self, event, f, path) {
      if (!path || !path[0]) return f.call(self, event);
      event.instance = describe(event.at);
      return f(event, describe(self._$));
    },
  };
})
