// The test runner inside the world: describe, test, hooks, device. Results leave as timeline notes `test.*`.
(function (M) {
  'use strict';
  M.lazy('expect');
  const { expect, fn, spyOn, show, count, AssertionError } = M.expect;
  const G = M.global, { setTimeout, clearTimeout } = G;
  const HOOKS = ['beforeAll', 'afterAll', 'beforeEach', 'afterEach'];
  let limit = 300000, running = false;

  const block = (name, parent, mode) => ({ name, parent, mode, items: [], beforeAll: [], afterAll: [], beforeEach: [], afterEach: [] });
  const root = block('', null);
  let current = root;

  function add(item) {
    if (running) throw new Error('tests are declared before they run, not inside a test');
    item.parent = current;
    current.items.push(item);
  }

  function name(template, row, index) {
    const rest = Array.isArray(row) ? row.slice() : [row];
    const s = String(template).replace(/%([sdifjop#%])/g, (all, c) => {
      if (c === '%') return '%';
      if (c === '#') return index;
      if (!rest.length) return all;
      const v = rest.shift();
      return c === 's' ? String(v) : c === 'j' ? JSON.stringify(v) : c === 'd' || c === 'f' ? Number(v) : c === 'i' ? parseInt(v, 10) : show(v);
    });
    return s.replace(/\$([A-Za-z_]\w*)/g, (all, k) => (row !== null && typeof row === 'object' && k in row ? (typeof row[k] === 'string' ? row[k] : show(row[k])) : all));
  }

  function family(declare) {
    const make = (mode) => {
      const f = (title, run, timeout) => declare(String(title), run, mode, timeout);
      f.each = (table) => (title, run, timeout) => Array.from(table).forEach((row, i) =>
        declare(name(title, row, i), function (...a) { return run.apply(this, (Array.isArray(row) ? row : [row]).concat(a)); }, mode, timeout));
      return f;
    };
    return Object.assign(make(), { only: make('only'), skip: make('skip') });
  }

  const test = family((title, run, mode, timeout) => add({ test: true, name: title, run, mode, timeout }));
  test.todo = (title) => add({ test: true, name: String(title), mode: 'todo' });
  const describe = family((title, run, mode) => {
    const outer = current, b = block(title, outer, mode);
    add(b);
    current = b;
    try {
      const r = run();
      if (r && typeof r.then === 'function') throw new Error('describe takes no async function: ' + title);
    } finally {
      current = outer;
    }
  });

  const bound = (run, ms) => new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new AssertionError('did not end within ' + ms + ' ms')), ms);
    const end = (f) => (v) => (clearTimeout(timer), f(v));
    const call = () => (run.length ? new Promise((ok, no) => {
      const finish = (e) => (e ? no(e) : ok());
      finish.fail = (e) => no(e || new Error('done.fail'));
      run(finish);
    }) : run());
    new Promise((ok) => ok(call())).then(end(done), end(fail));
  });

  const full = (item) => (item.parent && item.parent.name !== undefined && item.parent !== root ? full(item.parent) + ' > ' : '') + item.name;
  const chain = (b) => (b ? chain(b.parent).concat([b]) : []);
  const any = (b, p) => b.items.some((i) => p(i) || (!i.test && any(i, p)));

  function failure(error) {
    const e = error !== null && typeof error === 'object' && 'message' in error ? error : { message: 'thrown: ' + show(error) };
    const title = e.name && e.name !== 'AssertionError' && e.name !== 'Error' ? e.name + ': ' : '';
    return { message: title + e.message, expected: e.expected, received: e.received, stack: String(e.stack || '') };
  }

  async function one(item) {
    const blocks = chain(item.parent);
    Object.assign(count, { done: 0, want: undefined, some: false });
    let error, failed = false;
    const attempt = async (run, ms) => {
      try {
        await bound(run, ms || limit);
      } catch (e) {
        if (!failed) error = e;
        failed = true;
      }
    };
    for (const b of blocks) for (const h of b.beforeEach) if (!failed) await attempt(h);
    if (!failed) await attempt(item.run, item.timeout);
    for (const b of blocks.reverse()) for (const h of b.afterEach) await attempt(h);
    if (!failed && count.want !== undefined && count.want !== count.done) error = new AssertionError('wrong number of assertions', String(count.want), String(count.done)), failed = true;
    if (!failed && count.some && !count.done) error = new AssertionError('no assertion was made'), failed = true;
    return failed && { error };
  }

  async function runBlock(b, wanted, broken) {
    const active = any(b, (i) => i.test && wanted(i));
    if (active && !broken) {
      for (const h of b.beforeAll) await bound(h, limit).catch((error) => { broken = broken || { error }; });
    }
    for (const item of b.items) {
      if (!item.test) {
        await runBlock(item, wanted, broken);
        continue;
      }
      if (!wanted(item)) {
        if (!item.hidden) M.note('test.skip', { name: full(item), todo: item.mode === 'todo' });
        continue;
      }
      const start = Date.now();
      M.note('test.start', { name: full(item) });
      const failed = broken || (await one(item));
      const ms = Date.now() - start;
      if (failed) M.note('test.fail', Object.assign({ name: full(item), ms }, failure(failed.error)));
      else M.note('test.pass', { name: full(item), ms });
    }
    if (active) {
      for (const h of b.afterAll) {
        await bound(h, limit).catch((error) => M.note('test.fail', Object.assign({ name: full(b) + ' (afterAll)', ms: 0 }, failure(error))));
      }
    }
  }

  const host = (api, o) => M.host.call(api, o || {});
  const device = {
    ui: {
      answer: (answer) => void host('$test.answerModal', { answer }),
      prompt: () => host('$test.screen').prompt,
      state: () => host('$test.screen').state,
      page: () => {
        const s = host('$test.screen').state;
        return s.pages.find((p) => p.id === s.current);
      },
    },
    update: {
      check: (hasUpdate, version, forced) => M.note('test.update', { kind: 'check', hasUpdate, version, forced }),
      ready: (version, forced) => M.note('test.update', { kind: 'ready', version, forced }),
      failed: (version) => M.note('test.update', { kind: 'failed', version, reason: 'made to fail by a test' }),
    },
    apis: () => host('$test.apis').rows,
    element: (selector) => (M.lazy('testing_view'), M.element(selector)),
    elements: (selector) => (M.lazy('testing_view'), M.elements(selector)),
    set: (words) => void host('$test.setDevice', { words }),
    answer: (api, answer) => void host('$test.answer', { api, answer }),
    network: {
      set: (network) => device.set({ network }),
      weak: (weakNetwork) => device.set({ weakNetwork }),
      shape: (conditions) => void host('$test.shapeNetwork', { conditions }),
    },
  };

  // Runs the test file `path`, a module of the package: only tests whose full name contains `filter`.
  M.on('test', async ({ path, filter, timeout, server }) => {
    G.testServer = { url: server };
    if (timeout) limit = timeout;
    Object.assign(G, { describe, test, it: test, expect, fn, spyOn, jest: { fn, spyOn }, device });
    for (const k of HOOKS) G[k] = (run) => void current[k].push(run);
    try {
      M.require(path);
    } catch (error) {
      M.note('test.broken', failure(error));
      M.note('test.end', {});
      return;
    }
    running = true;
    const only = any(root, (i) => i.mode === 'only');
    const marked = (i, mode) => i.mode === mode || (i.parent && marked(i.parent, mode));
    const wanted = (i) => {
      i.hidden = !!filter && !full(i).includes(filter);
      return !i.hidden && i.mode !== 'todo' && !marked(i, 'skip') && (!only || marked(i, 'only'));
    };
    await runBlock(root, wanted);
    M.note('test.end', {});
  });
})
