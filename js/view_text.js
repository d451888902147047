// A page's tree as text, one node a line, two spaces a level.
(function (M) {
  'use strict';
  M.lazy('view_select');
  const { view } = M, { easel } = view, { Component, VirtualNode } = easel;
  const sorted = (k, v) => {
    if (!v || typeof v !== 'object' || Array.isArray(v)) return v;
    const out = {};
    for (const key of Object.keys(v).sort()) out[key] = v[key];
    return out;
  };
  const json = (v) => { try { return JSON.stringify(v, sorted) } catch (e) { return '"[' + e.message + ']"' } };
  const quoted = (v) => '"' + v + '"';

  // Classes that a component got from outside stand in the place of the name under which it uses them.
  const classes = (node) => {
    const out = new Set();
    const add = (name, owner) => {
      const host = owner && owner.getHostNode();
      const outer = host && host.getExternalClasses()[name];
      if (outer) outer.forEach((n) => add(n, host.ownerShadowRoot));
      else out.add(name);
    };
    view.classes(node).forEach((name) => add(name, node.ownerShadowRoot));
    return Array.from(out).sort().join(' ');
  };
  const style = (node) => view.style(node).split(';').map((s) => s.trim()).filter(Boolean).join(';');

  const attributes = (node) => {
    if (Component.isComponent(node)) return Component.listProperties(node).sort().map((k) => [k, node.data[k]]).filter(([, v]) => v !== undefined);
    return node.attributes.filter((a) => a.value !== '' && a.value !== undefined && a.value !== null && typeof a.value !== 'function')
      .sort((a, b) => a.name < b.name ? -1 : 1).map((a) => [a.name, a.value]);
  };
  const head = (node) => {
    const parts = [view.tag(node)];
    if (node.id) parts.push('id=' + quoted(node.id));
    if (node.slot) parts.push('slot=' + quoted(node.slot));
    if (classes(node)) parts.push('class=' + quoted(classes(node)));
    if (style(node)) parts.push('style=' + quoted(style(node)));
    for (const k of Object.keys(node.dataset || {}).sort()) parts.push('data:' + k + '=' + json(node.dataset[k]));
    for (const [k, v] of attributes(node)) parts.push(k + '=' + json(v));
    return '<' + parts.join(' ') + '>';
  };

  const walk = (node, indent, out) => {
    if (node.asTextNode && node.asTextNode()) {
      const text = node.textContent.replace(/\s+/g, ' ').trim();
      if (text) out.push(indent + JSON.stringify(text));
      return;
    }
    const isSlot = easel.Element.getSlotName(node) !== undefined && VirtualNode.isVirtualNode(node);
    const below = node.childNodes || [];
    if (isSlot) {
      const name = easel.Element.getSlotName(node);
      out.push(indent + (name ? '<slot name=' + quoted(name) + '>' : '<slot>'));
      return;
    }
    if (VirtualNode.isVirtualNode(node)) {
      below.forEach((child) => walk(child, indent, out));
      return;
    }
    out.push(indent + head(node));
    if (Component.isComponent(node)) {
      out.push(indent + '  #shadow');
      node.getShadowRoot().childNodes.forEach((child) => walk(child, indent + '    ', out));
    }
    below.forEach((child) => walk(child, indent + '  ', out));
  };
  view.text = (root) => {
    const out = [];
    root.getShadowRoot().childNodes.forEach((child) => walk(child, '', out));
    if (view.barOf(root)) walk(view.barOf(root), '', out);
    return out.map((line) => line + '\n').join('');
  };

  // As markup, on one line: attributes in the words of WXML, components with what is inside of them.
  const escaped = (v) => String(v).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
  const word = (v) => typeof v === 'string' ? v : json(v);
  const named = (node) => {
    const out = node.id ? [['id', node.id]] : [];
    if (node.slot) out.push(['slot', node.slot]);
    if (classes(node)) out.push(['class', classes(node)]);
    if (style(node)) out.push(['style', style(node)]);
    const dashed = (k) => k.replace(/[A-Z]/g, (c) => '-' + c.toLowerCase());
    for (const k of Object.keys(node.dataset || {}).sort()) out.push(['data-' + dashed(k), word(node.dataset[k])]);
    for (const [k, v] of attributes(node)) out.push([dashed(k), word(v)]);
    return out.map(([k, v]) => ' ' + k + '="' + escaped(v) + '"').join('');
  };
  view.markup = (node, isOuter) => {
    if (node.asTextNode()) return escaped(node.textContent);
    const children = Component.isComponent(node) ? [...node.getShadowRoot().childNodes] : [];
    if (!VirtualNode.isVirtualNode(node) || easel.Element.getSlotName(node) === undefined) {
      if (!Component.isComponent(node)) children.push(...node.childNodes);
    } else {
      children.push(...(node.slotNodes || []));
    }
    const inner = children.map((child) => view.markup(child, true)).join('');
    if (!isOuter || VirtualNode.isVirtualNode(node)) return inner;
    return '<' + view.tag(node) + named(node) + '>' + inner + '</' + view.tag(node) + '>';
  };
})
