// editor: rich text as a list of inserts, which its context takes and hands out. What is written comes at the end; of
// formats the markup has those of characters.
(function (M) {
  'use strict';
  M.lazy('view_control');
  const { view } = M, { control } = view, { Element } = view.easel;
  const { state, tell, later } = control;

  const own = (node) => {
    const all = state(node);
    if (!all.ops) Object.assign(all, { ops: [], past: [], future: [], formats: {} });
    return all;
  };
  const same = (a, b) => JSON.stringify(a || {}) === JSON.stringify(b || {});
  const append = (ops, insert, attributes) => {
    const last = ops[ops.length - 1];
    const op = Object.keys(attributes || {}).length ? { insert, attributes: { ...attributes } } : { insert };
    if (typeof insert !== 'string' || !last || typeof last.insert !== 'string' || !same(last.attributes, op.attributes)) return [...ops, op];
    return [...ops.slice(0, -1), { ...last, insert: last.insert + insert }];
  };

  const TAGS = { bold: 'strong', italic: 'em', underline: 'u', strike: 'del' };
  const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  const marked = (text, attributes) => Object.keys(TAGS).filter((name) => (attributes || {})[name])
    .reduce((html, name) => '<' + TAGS[name] + '>' + html + '</' + TAGS[name] + '>', escaped(text));
  const html = (ops) => {
    const lines = [''];
    for (const { insert, attributes } of ops) {
      if (insert && insert.image) lines[lines.length - 1] += '<img src="' + escaped(String(insert.image)) + '">';
      else if (typeof insert !== 'string') lines[lines.length - 1] += '<hr>';
      else insert.split('\n').forEach((part, at) => { if (at) lines.push(''); if (part) lines[lines.length - 1] += marked(part, attributes) });
    }
    return lines.map((line) => '<p>' + (line || '<br>') + '</p>').join('');
  };
  const plain = (ops) => ops.map(({ insert }) => typeof insert === 'string' ? insert : '').join('');
  // Contents end with a line's end, always.
  const contents = (node) => {
    const ops = append(own(node).ops, '\n');
    return { html: html(own(node).ops), text: plain(ops), delta: { ops } };
  };

  const FORMATS = { strong: 'bold', b: 'bold', em: 'italic', i: 'italic', u: 'underline', del: 'strike', s: 'strike' };
  const ENTITIES = { lt: '<', gt: '>', amp: '&', quot: '"', nbsp: '\u00a0' };
  const parsed = (markup) => {
    const on = [];
    let ops = [];
    for (const token of String(markup).match(/<[^>]*>|[^<]+/g) || []) {
      const [, end, name] = /^<(\/?)\s*([a-z][\w-]*)/i.exec(token) || [], tag = name && name.toLowerCase();
      if (!token.startsWith('<')) {
        const text = token.replace(/&(\w+);/g, (all, entity) => ENTITIES[entity] || all);
        ops = append(ops, text, Object.fromEntries(on.map((format) => [format, true])));
      } else if (FORMATS[tag]) {
        if (!end) on.push(FORMATS[tag]);
        else if (on.includes(FORMATS[tag])) on.splice(on.lastIndexOf(FORMATS[tag]), 1);
      } else if (tag === 'img') {
        const src = /\ssrc\s*=\s*["']([^"']*)/i.exec(token);
        ops = append(ops, { image: src ? src[1] : '' });
      } else if (tag === 'hr') ops = append(ops, { divider: true });
      else if (tag === 'br' || (end && /^(p|div|li|h[1-6])$/.test(tag))) ops = append(ops, '\n');
    }
    return ops;
  };
  // Without the line's end that is added again.
  const trimmed = (ops) => {
    const last = ops[ops.length - 1];
    if (!last || typeof last.insert !== 'string' || !last.insert.endsWith('\n')) return ops;
    const rest = last.insert.slice(0, -1);
    return rest ? [...ops.slice(0, -1), { ...last, insert: rest }] : ops.slice(0, -1);
  };

  const write = (node, ops) => {
    const all = own(node);
    all.past.push(all.ops);
    Object.assign(all, { ops, future: [] });
    tell(node, 'input', contents(node));
  };
  const step = (node, from, to) => {
    const all = own(node);
    if (!all[from].length) return;
    all[to].push(all.ops);
    all.ops = all[from].pop();
    tell(node, 'input', contents(node));
  };
  const METHODS = {
    getContents: contents,
    getSelectionText: () => ({ text: '' }),
    setContents: (node, { html: markup, delta }) => write(node, trimmed(delta && Array.isArray(delta.ops) ? M.copy(delta.ops) : parsed(markup === undefined ? '' : markup))),
    insertText: (node, { text }) => write(node, append(own(node).ops, text === undefined ? '' : String(text), own(node).formats)),
    insertImage(node, { src, alt, data, width, height }) {
      const custom = data && Object.keys(data).map((k) => k + '=' + data[k]).join('&');
      const all = { alt, width, height, 'data-custom': custom };
      write(node, append(own(node).ops, { image: src }, Object.fromEntries(Object.entries(all).filter(([, v]) => v !== undefined))));
    },
    insertDivider: (node) => write(node, append(own(node).ops, { divider: true })),
    clear: (node) => write(node, []),
    undo: (node) => step(node, 'past', 'future'),
    redo: (node) => step(node, 'future', 'past'),
    removeFormat(node) { own(node).formats = {}; tell(node, 'statuschange', {}) },
    blur: (node) => tell(node, 'blur', contents(node)),
  };
  const REFUSED = ['deleteText', 'getBounds', 'getHistoryState', 'getSelection', 'insertCustomBlock'];
  const answer = (name, options, result) => later(() => {
    for (const f of [result.errMsg.includes(':fail') ? options.fail : options.success, options.complete]) if (typeof f === 'function') M.guard(f, undefined, [result], 'EditorContext.' + name);
  });
  const context = (node) => {
    const all = own(node);
    if (all.context) return all.context;
    all.context = {
      // What is written from now on has it, or has it no longer.
      format(name, value) {
        const wanted = value === undefined ? true : value;
        if (all.formats[name] === wanted) delete all.formats[name]; else all.formats[name] = wanted;
        tell(node, 'statuschange', { ...all.formats });
      },
      // Nothing has a place, so nothing has to be scrolled to.
      scrollIntoView() {},
    };
    for (const name of Object.keys(METHODS)) {
      all.context[name] = (options) => {
        const given = options || {}, result = METHODS[name](node, given);
        answer(name, given, { ...result, errMsg: name + ':ok' });
      };
    }
    for (const name of REFUSED) all.context[name] = (options) => answer(name, options || {}, { errMsg: name + ':fail not supported' });
    return all.context;
  };

  view.builtin('editor', {
    context,
    listens(node, event) {
      if (event !== 'ready' || own(node).told) return;
      own(node).told = true;
      later(() => { if (Element.isAttached(node)) tell(node, 'ready', {}) });
    },
    properties: { value: (node) => contents(node).text },
    calls: {
      input: (node, text) => METHODS.insertText(node, { text }),
      focus: (node) => tell(node, 'focus', contents(node)),
      blur: METHODS.blur,
    },
  });
})
