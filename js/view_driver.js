// What a driver sees of a page's tree, and does to it. Nodes are the framework's own; `M.view.of(instance)` is the root
// of a page, and makes its tree where it has none yet.
(function (M) {
  'use strict';
  M.lazy('view');
  M.lazy('view_select');
  M.lazy('view_text');
  const { view } = M, { easel } = view, { Component, VirtualNode, Element } = easel;

  // The text of a node with all that stands in it on the screen.
  const text = (node) => {
    // A text component breaks its lines at the two characters \n, too.
    if (node.asTextNode()) return node.parentNode && node.parentNode.is === 'text' ? node.textContent.replace(/\\n/g, '\n') : node.textContent;
    let out = '';
    node.forEachComposedChild((child) => { out += text(child) });
    return out;
  };
  const caller = (node) => {
    if (!Component.isComponent(node)) throw new Error('<' + view.tag(node) + '> is not a custom component');
    return node.getMethodCaller();
  };
  const barOn = (node) => {
    const bar = Component.isComponent(node) && !node.ownerShadowRoot && view.barOf(node);
    return bar === node ? undefined : bar;
  };
  const NATURAL = { bubbles: true, composed: true, capturePhase: true };
  const fire = (node, name, detail, options) => {
    const event = new easel.Event(name, detail === undefined ? {} : detail, options);
    node.dispatchEvent(event);
    // What a node does of itself comes after the app, from the inside out, as far as the event came.
    for (let at = event.caughtAt === null ? null : node; at; at = options.bubbles && at !== event.caughtAt ? at.getComposedParent() : null) {
      const kind = !VirtualNode.isVirtualNode(at) && view.kind(at);
      if (kind && kind.on && kind.on[name]) kind.on[name](at, event);
    }
    return event;
  };
  const touch = (node, point) => {
    const { x = 0, y = 0 } = point || {};
    const one = { identifier: 0, pageX: x, pageY: y, clientX: x, clientY: y };
    return { touches: [one], changedTouches: [one] };
  };

  view.driver = {
    // The nodes that match below a node, in a component or in a page: `select(root, '.a > .b')`; of a page its tab bar, too.
    select: (scope, selector) => view.select(scope, selector, barOn(scope)),
    tag: view.tag,
    text,
    attribute: view.attribute,
    // A value of a node as a script sees it: a component's property, an attribute, or what its kind computes.
    property(node, name) {
      const kind = view.kind(node), own = kind && kind.properties && kind.properties[name];
      return own ? own(node) : view.attribute(node, name.replace(/[A-Z]/g, (c) => '-' + c.toLowerCase()));
    },
    style: view.declared,
    // The markup of what is in a node, and with the node.
    wxml: (node) => view.markup(node, false),
    outerWxml: (node) => view.markup(node, true),
    tree: (root) => view.text(root),
    data: (node) => caller(node).data,
    setData(node, data) { caller(node).setData(data) },
    callMethod(node, name, args) {
      const self = caller(node);
      if (typeof self[name] !== 'function') throw new Error('component "' + self.is + '" has no method ' + name);
      return self[name](...args);
    },
    // An event of the platform's own at a node, which goes up through components; then what the node does of itself.
    act: (node, name, detail, fields) => fire(node, name, detail, { ...NATURAL, extraFields: fields }),
    // An event as a component's triggerEvent makes it, for the node's own listeners.
    trigger: (node, name, detail) => fire(node, name, detail, { bubbles: false, composed: false, capturePhase: false }),
    // A tap after a touch; a disabled button hears none.
    lift(node, at, fields) {
      const kind = view.kind(node);
      if (kind && kind.deaf && kind.deaf(node)) return undefined;
      return fire(node, 'tap', { x: at.pageX, y: at.pageY }, { ...NATURAL, extraFields: fields });
    },
    tap(node, point) {
      const fields = touch(node, point), lifted = { touches: [], changedTouches: fields.changedTouches };
      fire(node, 'touchstart', {}, { ...NATURAL, extraFields: fields });
      fire(node, 'touchend', {}, { ...NATURAL, extraFields: lifted });
      return this.lift(node, fields.touches[0], fields);
    },
    longpress(node, point) {
      const fields = touch(node, point), lifted = { touches: [], changedTouches: fields.changedTouches };
      const { pageX: x, pageY: y } = fields.touches[0];
      fire(node, 'touchstart', {}, { ...NATURAL, extraFields: fields });
      fire(node, 'longpress', { x, y }, { ...NATURAL, extraFields: fields });
      fire(node, 'longtap', { x, y }, { ...NATURAL, extraFields: fields });
      fire(node, 'touchend', {}, { ...NATURAL, extraFields: lifted });
    },
    // What a person does with a node of this kind, by its name in the automation protocol without the tag.
    call(node, name, args) {
      const kind = view.kind(node), own = kind && kind.calls && kind.calls[name];
      if (!own) throw new Error(view.tag(node) + '.' + name + ' not exists');
      return own(node, ...(args || []));
    },
    isAttached: (node) => Element.isAttached(node),
  };
})
