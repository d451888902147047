// What built-in components share: values that a person changes, attributes as flags, events that go nowhere else.
(function (M) {
  'use strict';
  const { view } = M, { easel } = view;
  const states = new WeakMap();
  const control = view.control = {
    // What a person did to a node: an attribute that is set again wins over it.
    state(node) {
      if (!states.has(node)) states.set(node, {});
      return states.get(node);
    },
    attribute: (node, name) => {
      const value = node.getAttribute(name);
      return value === null ? undefined : value;
    },
    // A bare attribute is true.
    flag(node, name) {
      const value = control.attribute(node, name);
      return value === '' || !!value;
    },
    number(node, name, usual) {
      const value = Number(control.attribute(node, name));
      return control.attribute(node, name) === undefined || Number.isNaN(value) ? usual : value;
    },
    // Events of components do not bubble. `back` takes what a handler returns.
    tell(node, name, detail, back) {
      node.dispatchEvent(new easel.Event(name, detail, { bubbles: false, composed: false, handleListenerReturn: back }));
    },
    // A value of model: goes to the data first.
    change(node, name, value) {
      control.state(node)[name] = value;
      const bound = node.getModelBindingListeners()[name];
      if (bound) bound(value);
    },
    // What is there now: what a person made of it, or the attribute.
    now(node, name) {
      const own = control.state(node);
      return name in own ? own[name] : control.attribute(node, name);
    },
    forget(node, name) { delete control.state(node)[name] },
    // The nearest node around one, in the same template.
    around(node, tag) {
      let at = node.parentNode;
      while (at && at.is !== tag) at = at.parentNode;
      return at || undefined;
    },
    // All nodes below one in the same template, in order; `into` lets a component be looked into.
    below(node, visit, into) {
      for (const child of node.childNodes || []) {
        if (!easel.Element.isElement(child)) continue;
        visit(child);
        if (into && easel.Component.isComponent(child) && into(child)) control.below(child.getShadowRoot(), visit, into);
        control.below(child, visit, into);
      }
    },
    isDisabled: (node) => control.flag(node, 'disabled'),
    // A node as events name it.
    target: (node) => ({ id: node.id, dataset: node.dataset || {}, offsetLeft: 0, offsetTop: 0 }),
    later: (f) => M.setTimeout(f, 0),
  };
})
