// Finds nodes by selectors: tag, #id, .class, [attribute], descendants, children, >>> into components, lists.
(function (M) {
  'use strict';
  const { view } = M, { easel } = view, { Component, VirtualNode, Element } = easel;
  const PART = /^(?:([A-Za-z][\w-]*|\*)|#([^\s#.[\]:,>]+)|\.([^\s#.[\]:,>]+)|\[\s*([\w-]+)\s*(?:([~|^$*]?=)\s*(?:"([^"]*)"|'([^']*)'|([^\]\s]*))\s*)?\])/;

  const compound = (text) => {
    const tests = [];
    let rest = text;
    while (rest) {
      const m = PART.exec(rest);
      if (!m) throw new Error('"' + text + '" is not a selector of tags, ids, classes and attributes');
      const [all, tag, id, name, attribute, how, a, b, c] = m;
      if (tag) tests.push((n) => tag === '*' || view.tag(n) === tag);
      else if (id) tests.push((n) => n.id === id);
      else if (name) tests.push((n) => view.classes(n).includes(name));
      else tests.push(holds(attribute, how, a !== undefined ? a : b !== undefined ? b : c));
      rest = rest.slice(all.length);
    }
    return (node) => tests.every((test) => test(node));
  };
  const holds = (name, how, wanted) => (node) => {
    const value = view.attribute(node, name);
    if (value === undefined || value === null || value === false) return false;
    const text = String(value);
    return !how || (how === '=' ? text === wanted : how === '^=' ? text.startsWith(wanted) : how === '$=' ? text.endsWith(wanted)
      : how === '*=' ? text.includes(wanted) : how === '~=' ? text.split(/\s+/).includes(wanted) : text === wanted || text.startsWith(wanted + '-'));
  };
  const cache = new Map();
  const parse = (selector) => {
    if (!cache.has(selector)) cache.set(selector, String(selector).split(',').map((one) => {
      const steps = [];
      let how = ' ';
      for (const word of one.trim().replace(/\s*(>>>|>)\s*/g, ' $1 ').split(/\s+/)) {
        if (word === '>' || word === '>>>') how = word;
        else if (word) { steps.push([how, compound(word)]); how = ' ' }
      }
      if (!steps.length) throw new Error('"' + selector + '" is not a selector');
      return steps;
    }));
    return cache.get(selector);
  };

  view.tag = (node) => Component.isComponent(node) ? node.tagName : node.is;
  view.classes = (node) => String(node.class || '').split(/\s+/).filter(Boolean);
  view.attribute = (node, name) => {
    if (name === 'id') return node.id;
    if (name === 'class') return node.class;
    if (name === 'style') return view.style(node);
    if (name.startsWith('data-')) return (node.dataset || {})[view.camel(name.slice(5))];
    if (Component.isComponent(node)) {
      const property = view.camel(name);
      return Component.hasProperty(node, property) ? node.data[property] : undefined;
    }
    const value = node.getAttribute(name);
    return value === null ? undefined : value;
  };
  view.camel = (name) => name.replace(/-([a-z])/g, (_, c) => c.toUpperCase());

  // The nodes right below one in the same template; what only groups nodes is passed through.
  const below = (node, visit) => {
    for (const child of node.childNodes || []) {
      if (!Element.isElement(child)) continue;
      if (VirtualNode.isVirtualNode(child)) below(child, visit); else visit(child);
    }
  };
  const reach = (node, how, isScope, visit, beside) => {
    const inner = Component.isComponent(node) ? node.getShadowRoot() : null;
    const deep = (child) => {
      visit(child);
      if (how !== '>') reach(child, how, false, visit);
    };
    // The scope of a query is what is inside of a component; other nodes stand for what they hold.
    if (inner && (isScope || how === '>>>')) below(inner, deep);
    if (!inner || !isScope) below(node, deep);
    if (isScope && beside) deep(beside);
  };

  // All nodes that match inside of a component, or below any other node, in the order of the document. `beside` stands
  // on a page after what its template says.
  view.select = (scope, selector, beside) => {
    const found = new Set();
    for (const steps of parse(selector)) {
      let from = new Set([scope]);
      steps.forEach(([how, test], at) => {
        const next = new Set();
        for (const node of from) reach(node, how, at === 0, (n) => { if (test(n)) next.add(n) }, at === 0 && beside);
        from = next;
      });
      from.forEach((n) => found.add(n));
    }
    if (found.size < 2) return Array.from(found);
    const ordered = [];
    reach(scope, '>>>', true, (n) => { if (found.has(n)) ordered.push(n) }, beside);
    return ordered;
  };
})
