// Snapshots: what a value looked like when its test was written, in a file or within the test.
(function (M) {
  'use strict';
  for (const file of ['matchers', 'show']) M.lazy(file);
  const { contains, isObj } = M.equality;
  const { pretty, show } = M.show;
  const { misused } = M.matchers;
  const asked = new Set(), written = {}, updated = {}, inline = new Map();
  let stored = {}, mode = 'never', file = '', test = '', counts = {};

  const serialize = (v) => {
    const text = pretty(v).replace(/\r\n|\r/g, '\n');
    return text.includes('\n') ? '\n' + text + '\n' : text;
  };
  const held = (text) => ({ pass: true, texts: () => [text, text] });
  const trimmed = (text) => text.replace(/^\n|\n$/g, '');

  // What is compared when some properties need only match: those are shown as their matchers.
  function merged(v, wanted) {
    if (!isObj(v) || !isObj(wanted) || typeof wanted.asymmetricMatch === 'function') return wanted === undefined ? v : wanted;
    const copy = Array.isArray(v) ? v.slice() : Object.assign(Object.create(Object.getPrototypeOf(v)), v);
    for (const k of Reflect.ownKeys(wanted)) copy[k] = merged(v[k], wanted[k]);
    return copy;
  }

  // Compares with what is stored; `keep` stores what may be stored.
  function compare(e, name, text, known, keep) {
    if (e.negated) misused('.not cannot be used with snapshots');
    if (known === undefined) {
      if (mode === 'never') misused('a new snapshot is not written where CI is set or --ci is given: ' + name + '\n' + trimmed(text));
      keep(text, true);
      return held(text);
    }
    if (known === text) return held(text);
    if (mode === 'all') {
      keep(text, false);
      return held(text);
    }
    return { pass: false, texts: () => [trimmed(known), trimmed(text)], hint: ' (--update-snapshots, -u, replaces it)' };
  }

  function filed(e, value, hint) {
    if (!test) misused('snapshots belong into tests');
    const title = hint ? test + ': ' + hint : test;
    counts[title] = (counts[title] || 0) + 1;
    const name = title + ' ' + counts[title];
    asked.add(name);
    return compare(e, name, serialize(value), stored[name], (text, fresh) => { (fresh ? written : updated)[name] = text; });
  }

  // The text without the indentation that it has within the test.
  function unindented(text) {
    const found = /^([^\S\n]*)\S/m.exec(text);
    const lines = text.split('\n'), indent = found && found[1];
    if (!indent || lines.length <= 2 || lines[0].trim() || lines[lines.length - 1].trim()) return text;
    for (let i = 1; i < lines.length - 1; i++) {
      if (lines[i] !== '' && !lines[i].startsWith(indent)) return text;
      lines[i] = lines[i].slice(indent.length);
    }
    lines[lines.length - 1] = '';
    return lines.join('\n');
  }

  // Where the test calls its matcher: the innermost frame of the test file.
  function here(stack) {
    const frames = stack.split('\n').map((line) => /(?:^|[\s(])([^\s()]+):(\d+):(\d+)\)?$/.exec(line.trim()));
    const frame = frames.find((f) => f && f[1] === file);
    return frame ? { line: +frame[2], column: +frame[3] } : misused('an inline snapshot has to be called in the test file itself');
  }

  function inlined(e, value, known) {
    const text = serialize(value);
    const stack = e.stack || new Error().stack;
    const keep = (kept, fresh) => {
      const place = here(stack), at = place.line + ':' + place.column, before = inline.get(at);
      if (before === null || (before && before.text !== kept)) {
        // Neither of them is written.
        inline.set(at, null);
        misused('this call has seen two different values: an inline snapshot holds one');
      }
      inline.set(at, Object.assign(place, { text: kept, fresh }));
    };
    return compare(e, 'inline snapshot', text, known === undefined ? undefined : unindented(known), keep);
  }

  function checked(v, wanted) {
    if (!isObj(v)) misused('only an object has properties to match, not ' + show(v));
    if (contains(v, wanted)) return merged(v, wanted);
    throw new M.matchers.AssertionError('the properties of the snapshot do not match', show(wanted, ''), show(v, ''));
  }

  function messageOf(e, f) {
    if (e.rejected) return isObj(f) && 'message' in f ? f.message : f;
    if (typeof f !== 'function') misused('this matcher needs a function, not ' + show(f));
    try {
      f();
    } catch (error) {
      return isObj(error) && 'message' in error ? error.message : error;
    }
    return misused('nothing was thrown');
  }

  const matchers = {
    toMatchSnapshot(v, ...a) {
      const wanted = isObj(a[0]) ? a[0] : undefined, hint = wanted ? a[1] : a[0];
      return filed(this, wanted ? checked(v, wanted) : v, hint);
    },
    toMatchInlineSnapshot(v, ...a) {
      const wanted = isObj(a[0]) ? a[0] : undefined, known = wanted ? a[1] : a[0];
      return inlined(this, wanted ? checked(v, wanted) : v, known);
    },
    toThrowErrorMatchingSnapshot(f, hint) {
      return filed(this, messageOf(this, f), hint);
    },
    toThrowErrorMatchingInlineSnapshot(f, known) {
      return inlined(this, messageOf(this, f), known);
    },
  };

  // Those that no test has asked for, of tests that have run.
  const obsolete = (skipped) => Object.keys(stored).filter((name) => !asked.has(name) && !skipped.some((title) => {
    const rest = name.startsWith(title) ? name.slice(title.length) : '';
    return /^(: .*)? \d+$/.test(rest);
  }));

  M.snapshots = {
    matchers,
    begin(settings, path) {
      if (settings) ({ stored, mode } = settings);
      file = path;
    },
    // A try at a test: its snapshots count from one again.
    of(name) {
      test = name;
      counts = {};
    },
    testName: () => test,
    path: () => file,
    tell(skipped, whole) {
      const lost = whole ? obsolete(skipped) : [];
      if (!asked.size && !inline.size && !lost.length) return;
      M.note('test.snapshots', { written, updated, obsolete: lost, inline: [...inline.values()].filter(Boolean) });
    },
  };
})
