// The test runner inside the world: what a test file declares with describe, test and the hooks.
(function (M) {
  'use strict';
  for (const file of ['each', 'expect', 'jest', 'test_device', 'test_run']) M.lazy(file);
  const { expect } = M.expect;
  const G = M.global;
  const HOOKS = ['beforeAll', 'afterAll', 'beforeEach', 'afterEach'];
  const settings = { timeout: 300000, retry: 0 };
  let running = false;

  const block = (name, parent, mode) => ({ name, parent, mode, items: [], beforeAll: [], afterAll: [], beforeEach: [], afterEach: [] });
  const root = block('', null);
  let current = root;

  function add(item) {
    if (running) throw new Error('tests are declared before they run, not inside a test');
    item.parent = current;
    current.items.push(item);
  }

  // The name, the options and the function, which may come in either order.
  function declared(title, ...rest) {
    const run = rest.find((x) => typeof x === 'function');
    const limit = rest.find((x) => typeof x === 'number'), options = rest.find((x) => x !== null && typeof x === 'object');
    return { name: typeof title === 'function' ? title.name : String(title), run, options: Object.assign(limit === undefined ? {} : { timeout: limit }, options) };
  }

  // `declare` with its modes (only, skip, failing, ...), each of which also takes tables.
  function family(declare, modes) {
    const make = (marks) => {
      const f = (...a) => declare(declared(...a), marks);
      f.each = (table, ...values) => (...a) => {
        const { name, run, options } = declared(...a);
        if (!run) throw new Error('each needs a function: ' + name);
        for (const row of M.each.rows(table, values)) {
          // A plain function with more parameters than the row has values is given `done` too.
          const takesDone = run.length > row.args.length && run.constructor.name !== 'AsyncFunction';
          const call = takesDone ? (done) => run(...row.args, done) : () => run(...row.args);
          declare({ name: row.name(name), run: call, options }, marks);
        }
      };
      for (const [word, mark] of Object.entries(modes)) {
        if (!(word in marks.words)) Object.defineProperty(f, word, { get: () => make(Object.assign({}, marks, mark, { words: Object.assign({ [word]: true }, marks.words) })) });
      }
      return f;
    };
    return make({ words: {} });
  }

  const MODES = { only: { mode: 'only' }, skip: { mode: 'skip' }, concurrent: {}, sequential: {} };
  const test = family(({ name, run, options }, { mode, fails }) => {
    if (!run && mode !== 'skip') throw new Error('a test needs a function; test.todo declares one that is to be written: ' + name);
    add({ test: true, name, run, mode, fails, timeout: options.timeout, retry: options.retry });
  }, Object.assign({ failing: { fails: true }, fails: { fails: true } }, MODES));
  const skipIf = (f) => (yes) => (yes ? f.skip : f);
  const describe = family(({ name, run }, { mode }) => {
    const outer = current, b = block(name, outer, mode);
    add(b);
    current = b;
    try {
      const r = run && run();
      if (r && typeof r.then === 'function') throw new Error('describe takes no async function: ' + name);
    } finally {
      current = outer;
    }
  }, MODES);
  test.todo = (title) => add({ test: true, name: String(title), mode: 'todo' });
  for (const f of [test, describe]) Object.assign(f, { skipIf: skipIf(f), runIf: (yes) => skipIf(f)(!yes) });

  function globals() {
    const jest = M.jest(settings);
    const words = {
      describe, test, it: test, xtest: test.skip, xit: test.skip, fit: test.only, ftest: test.only,
      xdescribe: describe.skip, fdescribe: describe.only, expect, fn: jest.fn, spyOn: jest.spyOn, jest, vi: jest,
    };
    for (const hook of HOOKS) {
      words[hook] = (run, timeout) => {
        if (typeof run !== 'function') throw new Error(hook + ' needs a function');
        current[hook].push({ run, timeout });
      };
    }
    Object.assign(G, words, { device: M.device });
    for (const name of ['@jest/globals', 'vitest']) M.provided[name] = () => words;
  }

  // Runs the test file `path`, a module of the package: only tests whose full name contains `filter`.
  M.on('test', async (order) => {
    G.testServer = { url: order.server };
    M.deviceFor(order);
    if (order.timeout) settings.timeout = order.timeout;
    if (order.retry) settings.retry = order.retry;
    globals();
    M.snapshots.begin(order.snapshots, order.path);
    try {
      for (const file of order.setup || []) M.suiteRequire(file);
      M.require(order.path);
      running = true;
      await M.testRun.run(root, order, settings);
    } catch (error) {
      M.note('test.broken', M.testRun.failure(error));
    }
    M.note('test.end', {});
  });
})
