// device.element: a node of the page that is shown, for tests that run inside the app.
(function (M) {
  'use strict';
  M.lazy('view_fingers');
  const { view } = M, { driver } = view;
  const made = new WeakMap();

  class Element {
    #node;
    constructor(node) { this.#node = node }
    get tag() { return driver.tag(this.#node) }
    get text() { return driver.text(this.#node).trim() }
    get wxml() { return driver.outerWxml(this.#node) }
    get data() { return driver.data(this.#node) }
    get component() { return this.#node.getMethodCaller() }
    attribute(name) { return driver.attribute(this.#node, name) }
    property(name) { return driver.property(this.#node, name) }
    // What a person does: a tap, or what this kind of component knows, as `do('input', 'text')` or `do('swipeTo', 2)`.
    tap() { driver.tap(this.#node) }
    longpress() { driver.longpress(this.#node) }
    // One finger, step by step: `touchmove({ touches: [{ pageX: 10, pageY: 0 }] })`.
    touchstart(event) { view.fingers.touchstart(this.#node, event) }
    touchmove(event) { view.fingers.touchmove(this.#node, event) }
    touchend(event) { view.fingers.touchend(this.#node, event) }
    touchcancel(event) { view.fingers.touchcancel(this.#node, event) }
    do(name, ...args) { return driver.call(this.#node, name, args) }
    trigger(name, detail) { driver.trigger(this.#node, name, detail) }
    element(selector) { return elements(this.#node, selector)[0] }
    elements(selector) { return elements(this.#node, selector) }
  }
  const element = (node) => {
    if (!made.has(node)) made.set(node, new Element(node));
    return made.get(node);
  };
  const elements = (node, selector) => driver.select(node, selector).map(element);
  const root = () => {
    const page = M.stack[M.stack.length - 1];
    const root = page && view.of(page.self);
    if (!root) throw new Error('no page with a tree is shown');
    return root;
  };
  M.element = (selector) => {
    const found = elements(root(), selector)[0];
    if (!found) throw new Error('no element "' + selector + '" on the page; there is:\n' + driver.tree(root()));
    return found;
  };
  M.elements = (selector) => elements(root(), selector);
})
