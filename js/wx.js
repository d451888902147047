// wx, built from the host's table: callbacks, promises, Sync twins, tasks and listener pairs.
(function (M) {
  'use strict';
  const wx = M.wx, hooks = {}, native = M.native, console = M.global.console;
  const typeOf = v => Object.prototype.toString.call(v).slice(8, -1);
  const isObject = v => v !== null && typeof v === 'object';
  M.hook = (api, hook) => { hooks[api] = hook; };
  const fits = (value, type) => type === '*' || type.split('|').some(t => t === typeOf(value) ||
    (t === 'ArrayBuffer' && ArrayBuffer.isView(value)) || (t === 'Function' && typeof value === 'function') || (t === 'Object' && isObject(value) && !Array.isArray(value)));
  const check = (row, opts) => {
    let text = '';
    for (const p of row.params) {
      if (!(p.name in opts) && !p.required) continue;
      if (!fits(opts[p.name], p.type)) text += `parameter.${p.name} should be ${p.type.replace(/\|/g, ' or ')} instead of ${typeOf(opts[p.name])};`;
    }
    return text && { reason: 'parameter error: ' + text, errno: 1001 };
  };
  const defaults = (row, opts) => {
    const out = Object.assign({}, opts);
    for (const p of row.params) if (p.default && !(p.name in out)) out[p.name] = JSON.parse(p.default);
    return out;
  };
  const result = (name, error, res) => {
    if (!error) return Object.assign({ errMsg: name + ':ok' }, res);
    const out = { errMsg: `${name}:fail${error.reason[0] === ':' ? '' : ' '}${error.reason}` };
    for (const key of ['errno', 'errCode']) if (error[key] !== undefined && error[key] !== null) out[key] = error[key];
    return out;
  };
  const trace = M.spec.trace_wx ? (name, args, res, from) => M.note('wx', { name, args: M.show(args), result: M.show(res), duration: Date.now() - from }) : null;
  M.traced = (name, fn) => trace ? function (...args) {
    const from = Date.now(), value = fn.apply(this, args);
    trace(name, args, value, from);
    return value;
  } : fn;
  M.define = (name, fn) => { wx[name] = M.traced(name, fn); };
  const invalid = (row, opts) => {
    if (isObject(opts)) return check(row, opts);
    if (opts === undefined && !row.params.some(p => p.required)) return null;
    return { reason: `parameter error: parameter should be Object instead of ${typeOf(opts)};`, errno: 1001 };
  };
  // Starts the host's work; `done` gets the finished result object and whether it is a success.
  const begin = (row, opts, done) => {
    const hook = hooks[row.name] || {}, from = trace && Date.now();
    const finish = (error, res) => {
      let out = error ? null : res || {};
      if (!error && hook.after) out = hook.after(out, full) || out;
      const final = result(row.short, error, out);
      if (trace) trace(row.name, opts, final, from);
      done(final, !error);
    };
    let error = invalid(row, opts), full = error ? null : defaults(row, opts);
    if (!error && hook.before) {
      try { full = hook.before(full, M.host.nextId()) || full; } catch (e) { if (!e || e.reason === undefined) throw e; error = e; }
    }
    if (error) { finish(error); return 0; }
    return M.host.start(row.name, full, finish);
  };
  const settle = (row, opts) => (res, ok) => {
    for (const key of [ok ? 'success' : 'fail', 'complete']) {
      if (typeof opts[key] === 'function') M.guard(opts[key], undefined, [res], `wx.${row.short} ${key}`);
    }
  };
  const wantsPromise = opts => !isObject(opts) || !('success' in opts || 'fail' in opts || 'complete' in opts);
  const asynchronous = row => function (opts) {
    if (wantsPromise(opts)) return new Promise((yes, no) => { begin(row, opts, (res, ok) => ok ? yes(res) : no(res)); });
    begin(row, opts, settle(row, opts));
  };
  const callback = row => function (opts) { begin(row, opts, isObject(opts) ? settle(row, opts) : () => {}); };
  const synchronous = (row, name, field) => function (...args) {
    const from = trace && Date.now(), hook = hooks[name] || {};
    const opts = {};
    row.params.forEach((p, i) => { if (i < args.length && (args[i] !== undefined || p.required)) opts[p.name] = args[i]; });
    let error = check(row, opts), res;
    try {
      let full = defaults(row, opts);
      if (!error && hook.before) full = hook.before(full) || full;
      if (!error) res = M.host.call(row.name, full);
      if (!error && hook.after) res = hook.after(res, full) || res;
    } catch (e) { if (!e || e.reason === undefined) throw e; error = e; }
    if (error) {
      const out = result(name.slice(name.lastIndexOf('.') + 1), error);
      if (trace) trace(name, args, out, from);
      throw Object.assign(new Error(out.errMsg), out);
    }
    const value = field ? res[field] : Object.keys(res).length ? res : undefined;
    if (trace) trace(name, args, value, from);
    return value;
  };
  M.calls = { begin, settle };
  const task = (row, events) => function (opts) { M.lazy('task'); return M.task(row, events, opts); };
  const eventPair = row => {
    const on = 'on' + M.cap(row.name), off = 'off' + M.cap(row.name), list = M.listeners(row.name);
    M.define(on, fn => {
      if (typeof fn !== 'function') return void console.error(`${on} should accept a function instead of ${typeof fn}`);
      list.push(fn);
    });
    M.define(off, fn => {
      if (fn === undefined) list.length = 0; else if (list.includes(fn)) list.splice(list.indexOf(fn), 1);
    });
  };
  // Builds the functions of wx (no object named) or the methods of one of its objects, and gives their rows.
  M.build = object => {
    const rows = native.rows(object || ''), owner = object ? M.objects[object] = {} : wx;
    for (const row of rows) {
      const { kind, of } = row.form, name = row.short = object ? row.name.slice(object.length + 1) : row.name;
      if (kind === 'async' || kind === 'asyncAndSync') owner[name] = asynchronous(row);
      if (kind === 'asyncAndSync') owner[name + 'Sync'] = synchronous(row, row.name + 'Sync', of);
      if (kind === 'sync') owner[name] = synchronous(row, row.name, of);
      if (kind === 'callback') owner[name] = callback(row);
      if (kind === 'task') owner[name] = task(row, of);
      if (kind === 'event') eventPair(row);
    }
    return rows;
  };
  M.build();
  // Names that nothing stands behind: one file, loaded at the first refusal, does what all of them do.
  M.refuse = (...call) => { M.lazy('refused'); return M.refuse(...call); };
  native.refused(wx, (...call) => M.refuse(...call));
  // Made by files that are loaded at the first call.
  M.made = {};
  for (const [name, file] of [['createAnimation', 'animation'], ['getLogManager', 'logs'], ['getRealtimeLogManager', 'logs']]) {
    wx[name] = o => { M.lazy(file); return M.made[name](o); };
  }
  wx.nextTick = M.nextTick;
  M.global.wx = wx;
})
