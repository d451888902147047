// Elements of a driven app: queries over its pages' trees, what can be read of a node, and what a person does to it.
(function (M) {
  'use strict';
  const { drivenPage: pageOf, drivenRead: read, drivenCall: callOn, plain } = M;
  M.lazy('view_driver');
  const { view } = M, { driver } = view, { Component, Element } = view.easel;

  // A node keeps its id, an id is never given to another node.
  const nodes = new Map(), ids = new WeakMap();
  const idOf = (node) => {
    if (!ids.has(node)) {
      ids.set(node, 'e' + (nodes.size + 1));
      nodes.set(ids.get(node), node);
    }
    return ids.get(node);
  };
  const described = (node) => {
    const elementId = idOf(node), tagName = driver.tag(node);
    return {
      elementId, tagName,
      ...(Component.isComponent(node) && { nodeId: elementId }),
      ...(tagName === 'video' && node.id && { videoId: node.id }),
    };
  };
  const rootOf = (p, base) => {
    const root = view.of(pageOf(p, base).self);
    if (!root) throw new Error('this page has no tree: the app runs without a view, or its template is broken');
    return root;
  };
  const nodeOf = (p, base) => {
    pageOf(p, base);
    const node = nodes.get(p.elementId);
    if (!node || !Element.isAttached(node)) throw new Error('element destroyed');
    return node;
  };

  // A selector of nothing but a tag finds nodes inside of components, too.
  const select = (from, selector) => {
    if (typeof selector !== 'string' || !selector.trim()) throw new Error('a selector is a text, not ' + JSON.stringify(selector));
    const parts = selector.split(',').map((one) => (/^[A-Za-z][\w-]*$/.test(one.trim()) ? '>>> ' + one.trim() : one));
    return driver.select(from, parts.join(','));
  };
  const first = (from, { selector }) => {
    const [node] = selector === 'page' ? [from] : select(from, selector);
    if (!node) throw new Error('no such element');
    return described(node);
  };
  const all = (from, { selector }) => ({ elements: select(from, selector).map(described) });
  const xpath = () => { throw new Error('XPath is not understood here: use a selector') };

  const tidy = (text) => text.replace(/[ \t\r\f]+/g, ' ').replace(/ ?\n ?/g, '\n').replace(/\n+/g, '\n').trim();
  const text = (value) => (value === undefined || value === null ? null : typeof value === 'object' ? JSON.stringify(plain(value)) : String(value));
  const KNOWN = ['value', 'checked', 'disabled', 'src', 'id', 'class', 'style', 'dataset', 'current', 'scrollTop', 'scrollLeft'];
  const property = (node, name) => {
    if (name === '__propPublic') {
      const names = Component.isComponent(node) ? Component.listProperties(node) : (node.attributes || []).map((a) => view.camel(a.name));
      return Object.fromEntries(names.concat(KNOWN).map((n) => [n, 1]));
    }
    if (name === 'dataset') return node.dataset || {};
    return driver.property(node, name);
  };

  M.lazy('view_fingers');
  const finger = (name) => (p, base) => {
    view.fingers[name](nodeOf(p, base), p);
    return {};
  };

  // What a control tells the app of.
  const act = (node, name, detail) => driver.act(node, name, detail, {});
  // What a control has of itself becomes so: the attribute, and the data that a template has bound to it both ways.
  const set = (node, name, value) => {
    node.setAttribute(name, value);
    const bound = (node._$modelBindingListeners || {})[name];
    if (bound) bound.call(node, value);
  };
  const typed = (node, value) => {
    set(node, 'value', value);
    act(node, 'input', { value, cursor: String(value).length, keyCode: 0 });
  };
  const number = (value, of) => {
    if (typeof value !== 'number' || Number.isNaN(value)) throw new Error(of + ' needs a number, not ' + JSON.stringify(value));
    return value;
  };
  const NUMBERS = ['slideTo', 'swipeTo', 'scrollTo', 'moveTo'];
  const scrolled = new WeakMap();
  const scroll = (node) => scrolled.get(node) || { scrollLeft: 0, scrollTop: 0 };
  const controls = {
    'input.input': typed,
    'textarea.input': typed,
    'switch.tap'(node) {
      const value = !node.getAttribute('checked');
      set(node, 'checked', value);
      act(node, 'change', { value });
    },
    'slider.slideTo'(node, value) {
      set(node, 'value', value);
      act(node, 'change', { value });
    },
    'swiper.swipeTo'(node, index) {
      const current = index, items = driver.select(node, 'swiper-item');
      const currentItemId = items[current] ? text(items[current].getAttribute('item-id')) || '' : '';
      set(node, 'current', current);
      act(node, 'change', { current, currentItemId, source: 'touch' });
      act(node, 'animationfinish', { current, currentItemId, source: 'touch' });
    },
    'scroll-view.scrollTo'(node, x, y) {
      const before = scroll(node), now = { scrollLeft: x, scrollTop: y };
      scrolled.set(node, now);
      act(node, 'scroll', { ...now, scrollHeight: 0, scrollWidth: 0, deltaX: before.scrollLeft - now.scrollLeft, deltaY: before.scrollTop - now.scrollTop });
    },
    'scroll-view.scrollTop': (node) => scroll(node).scrollTop,
    'scroll-view.scrollLeft': (node) => scroll(node).scrollLeft,
    'scroll-view.scrollWidth': () => 0,
    'scroll-view.scrollHeight': () => 0,
    'movable-view.moveTo'(node, x, y) {
      set(node, 'x', x);
      set(node, 'y', y);
      act(node, 'change', { x, y, source: 'touch' });
    },
  };

  const component = (node) => {
    driver.data(node);
    return node.getMethodCaller();
  };
  const events = {
    'Element.triggerEvent': (p, base) => {
      if (!p.type) throw new Error('type is not provided');
      driver.trigger(nodeOf(p, base), p.type, p.detail === null ? undefined : p.detail);
      return {};
    },
    'Element.dispatchEvent': (p, base) => {
      if (!p.eventName) throw new Error('eventName is not provided');
      const { detail, touches: given = [], changedTouches = [] } = p.eventData || {};
      driver.act(nodeOf(p, base), p.eventName, detail || {}, { touches: given, changedTouches });
      return {};
    },
  };

  M.drivenElements = {
    ...events,
    'Page.getElement': (p, base) => first(rootOf(p, base), p),
    'Page.getElements': (p, base) => all(rootOf(p, base), p),
    'Page.getElementByXpath': xpath,
    'Page.getElementsByXpath': xpath,
    'Element.getElement': (p, base) => first(nodeOf(p, base), p),
    'Element.getElements': (p, base) => all(nodeOf(p, base), p),
    'Element.getDOMProperties'(p, base) {
      const node = nodeOf(p, base);
      return { properties: p.names.map((name) => (name === 'innerText' ? tidy(driver.text(node)) : 0)) };
    },
    'Element.getAttributes'(p, base) {
      const node = nodeOf(p, base);
      return { attributes: p.names.map((name) => text(driver.attribute(node, name))) };
    },
    'Element.getProperties'(p, base) {
      const node = nodeOf(p, base);
      return { properties: p.names.map((name) => { const v = property(node, name); return v === undefined ? null : v }) };
    },
    'Element.getStyles'(p, base) {
      const node = nodeOf(p, base);
      return { styles: p.names.map((name) => driver.style(node, name.replace(/[A-Z]/g, (c) => '-' + c.toLowerCase()))) };
    },
    'Element.getOffset': (p, base) => { nodeOf(p, base); return { left: 0, top: 0 } },
    'Element.getWXML': (p, base) => ({ wxml: p.type === 'outer' ? driver.outerWxml(nodeOf(p, base)) : driver.wxml(nodeOf(p, base)) }),
    'Element.tap': (p, base) => { driver.tap(nodeOf(p, base)); return {} },
    'Element.touchstart': finger('touchstart'),
    'Element.touchmove': finger('touchmove'),
    'Element.touchend': finger('touchend'),
    'Element.touchcancel': finger('touchcancel'),
    'Element.callFunction'(p, base) {
      const node = nodeOf(p, base), [tag, name] = String(p.functionName).split('.'), kind = view.kind(node);
      if (tag !== driver.tag(node) || !controls[p.functionName]) throw new Error(p.functionName + ' not exists');
      // A built-in component with behaviour of its own does what it does for a person.
      const control = (kind && kind.calls && kind.calls[name]) || controls[p.functionName];
      const args = p.args || [];
      if (NUMBERS.includes(name)) args.forEach((arg) => number(arg, name));
      if (name === 'swipeTo') {
        const { length } = driver.select(node, 'swiper-item');
        if (!(args[0] >= 0 && args[0] < length)) throw new Error('the swiper has ' + length + ' items, and none at ' + args[0]);
      }
      const result = control(node, ...args);
      return result === undefined ? {} : { result };
    },
    'Element.getData'(p, base) {
      const data = plain(read(driver.data(nodeOf(p, base)), p.path));
      return data === undefined ? {} : { data };
    },
    'Element.setData': (p, base) => { driver.setData(nodeOf(p, base), p.data); return {} },
    'Element.callMethod': (p, base) => callOn(component(nodeOf(p, base)), 'component', p),
    'Element.callContextMethod'(p, base) {
      nodeOf(p, base);
      if (!p.videoId) throw new Error('id is not provided');
      const player = M.wx.createVideoContext(p.videoId);
      if (typeof player[p.method] !== 'function') throw new Error('VideoContext.' + p.method + ' not exists');
      const result = player[p.method](...(p.args || []));
      return result === undefined ? {} : { result };
    },
  };
})
