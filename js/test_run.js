// Runs declared tests: hooks, tries, limits of time. What happens leaves as timeline notes `test.*`.
(function (M) {
  'use strict';
  M.lazy('expect');
  const { count } = M.expect;
  const { AssertionError } = M.matchers;
  const { show } = M.show;
  const { setTimeout, clearTimeout } = M;
  const now = Date.now;

  // How to end the test or hook that runs, because something has failed that nobody awaits.
  let giveUp = null;
  // Errors that nobody catches are the test's where the test's own code has thrown them, and nothing listens for them.
  const strayError = (error, file = '', heard) => {
    const app = M.global.getApp && M.global.getApp();
    const listened = heard || (app && typeof app.onError === 'function');
    const own = error instanceof AssertionError || (!listened && (file === M.snapshots.path() || file.startsWith('/')));
    if (!own) return;
    if (giveUp) giveUp(error);
    else M.note('test.broken', failure(error));
  };

  // `run` as a promise that is rejected after so many milliseconds. A function with a parameter is given `done`.
  const bound = (run, ms) => new Promise((ok, fail) => {
    // Time that the test lets pass on its device is none that it takes.
    let timer;
    const end = now() + ms - (M.letPass || 0);
    const over = () => {
      // No timer waits for longer than a 32-bit number of milliseconds.
      const left = end + (M.letPass || 0) - now();
      if (left > 0) timer = setTimeout(over, Math.min(left, 2 ** 31 - 1));
      else then(fail)(new AssertionError('did not end within ' + (ms < 1e4 ? ms + ' ms' : ms / 1000 + ' s') + ': ' +
        (run.length ? 'its callback was not called' : 'its promise is still pending') + ' (a number after the function, or --timeout, gives more time)'));
    };
    timer = setTimeout(over, Math.min(ms, 2 ** 31 - 1));
    const then = (f) => (v) => {
      clearTimeout(timer);
      giveUp = null;
      f(v);
    };
    giveUp = then(fail);
    const call = () => (run.length ? new Promise((done, no) => {
      const finish = (e) => (e ? no(e) : done());
      finish.fail = (e) => no(e || new Error('done.fail'));
      run(finish);
    }) : run());
    new Promise((done) => done(call())).then(then(ok), then(fail));
  });

  const titles = (item) => (item.parent ? titles(item.parent).concat([item.name]) : []);
  const full = (item) => titles(item).join(' > ');
  const chain = (b) => (b ? chain(b.parent).concat([b]) : []);
  const any = (b, p) => b.items.some((i) => (i.test ? p(i) : any(i, p)));
  const marked = (i, mode) => i.mode === mode || (!!i.parent && marked(i.parent, mode));
  const all = (b) => b.items.flatMap((i) => (i.test ? [i] : all(i)));

  function failure(error) {
    const e = error !== null && typeof error === 'object' && 'message' in error ? error : { message: 'thrown: ' + show(error) };
    const title = e.name && e.name !== 'AssertionError' && e.name !== 'Error' ? e.name + ': ' : '';
    // The engine's own errors do not name what they are about.
    const message = e instanceof TypeError ? M.told(e) : title + e.message;
    return { message, expected: e.expected, received: e.received, stack: String(e.stack || '') };
  }

  // One try; gives what failed first.
  async function attempt(item, limit) {
    const blocks = chain(item.parent);
    Object.assign(count, { done: 0, want: undefined, some: false });
    M.snapshots.of(titles(item).join(' '));
    let failed = null;
    const step = async (run, ms) => {
      try {
        await bound(run, ms || limit);
      } catch (error) {
        failed = failed || { error };
      }
    };
    for (const b of blocks) for (const h of b.beforeEach) if (!failed) await step(h.run, h.timeout);
    if (!failed) await step(item.run, item.timeout);
    for (const b of blocks.reverse()) for (const h of b.afterEach) await step(h.run, h.timeout);
    M.snapshots.of('');
    if (!failed && count.want !== undefined && count.want !== count.done) failed = { error: new AssertionError('wrong number of assertions', String(count.want), String(count.done)) };
    if (!failed && count.some && !count.done) failed = { error: new AssertionError('no assertion was made') };
    if (!item.fails) return failed;
    return failed ? null : { error: new AssertionError('the test passed, and is marked as failing: take the mark away') };
  }

  async function one(item, settings, broken) {
    const start = now();
    M.note('test.start', { name: full(item) });
    const most = item.retry === undefined ? settings.retry : item.retry;
    let failed = broken, tries = 0;
    if (!broken) {
      do failed = await attempt(item, settings.timeout); while (failed && tries++ < most);
    }
    const ms = now() - start;
    if (failed) M.note('test.fail', Object.assign({ name: full(item), ms }, failure(failed.error)));
    else M.note('test.pass', { name: full(item), ms, retries: tries });
  }

  async function block(b, wanted, settings, broken) {
    const active = any(b, wanted);
    if (active && !broken) {
      for (const h of b.beforeAll) await bound(h.run, h.timeout || settings.timeout).catch((error) => { broken = broken || { error }; });
    }
    for (const item of b.items) {
      if (!item.test) await block(item, wanted, settings, broken);
      else if (wanted(item)) await one(item, settings, broken);
      else if (!item.hidden) M.note('test.skip', { name: full(item), todo: item.mode === 'todo' });
    }
    if (!active) return;
    for (const h of b.afterAll) {
      await bound(h.run, h.timeout || settings.timeout)
        .catch((error) => M.note('test.fail', Object.assign({ name: (full(b) + ' (afterAll)').trim(), ms: 0 }, failure(error))));
    }
  }

  // Runs the tests of a file, or says which there are.
  async function run(root, { filter, list }, settings) {
    M.strayError = strayError;
    const tests = all(root), only = tests.some((i) => marked(i, 'only'));
    for (const item of tests) item.hidden = !!filter && !full(item).includes(filter);
    const wanted = (i) => !i.hidden && i.mode !== 'todo' && !marked(i, 'skip') && (!only || marked(i, 'only'));
    const shown = tests.filter((item) => !item.hidden);
    if (list) {
      for (const item of shown) M.note('test.listed', { name: full(item) });
      return;
    }
    if (!tests.length) throw new AssertionError('the file declares no test');
    M.note('test.plan', { tests: shown.length });
    await block(root, wanted, settings, null);
    const skipped = tests.filter((item) => !wanted(item)).map((item) => titles(item).join(' '));
    // Of tests that are left out nobody knows what they would have asked for.
    M.snapshots.tell(skipped, !filter);
  }

  M.testRun = { run, failure };
})
