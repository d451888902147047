// The state of the app as JSON, for who looks at it from outside.
(function (M) {
  'use strict';
  // Whatever the app keeps has to come out: a cycle and a getter that throws included.
  const plain = (v, above) => {
    if (v && typeof v.toJSON === 'function') v = v.toJSON();
    if (typeof v === 'bigint') return String(v);
    if (typeof v === 'function') return undefined;
    if (!v || typeof v !== 'object') return v;
    if (above.includes(v)) return '[Circular]';
    const inner = above.concat([v]);
    if (Array.isArray(v)) return v.map((x) => plain(x, inner));
    const out = {};
    for (const k of Object.keys(v)) {
      try { out[k] = plain(v[k], inner) } catch (e) { out[k] = '[' + e + ']' }
    }
    return out;
  };
  M.on('dump', () => M.host.call('$dump', plain({
    ...(M.drawn && { drawn: M.drawn }),
    globalData: M.life.app && M.life.app.globalData,
    pages: M.stack.map((p) => ({ path: p.path, query: p.query, data: p.self.data })),
  }, [])));
})
