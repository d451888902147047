// jest.useFakeTimers(): timers and Date that move only when a test says so. The world's own time is virtual
// anyway; this is for tests that look between two timers, or move time without waiting.
(function (M) {
  'use strict';
  const G = M.global, NAMES = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'];
  // A loop of timers that set each other would never end.
  const MOST = 100000;

  M.fakeTimers = (jest) => {
    let real = null, queue = [], now = 0, ids = 0, order = 0;
    const faked = () => {
      if (!real) throw new Error('call jest.useFakeTimers() first');
    };

    function set(interval) {
      return (run, ms, ...args) => {
        if (typeof run !== 'function') throw new TypeError('a timer needs a function, not ' + typeof run);
        const wait = Math.max(Number(ms) || 0, interval ? 1 : 0), id = 1e9 + ++ids;
        queue.push({ id, at: now + wait, order: ++order, run: () => run(...args), every: interval ? wait : 0 });
        return id;
      };
    }
    const clear = (id) => {
      const known = queue.some((t) => t.id === id);
      queue = queue.filter((t) => t.id !== id);
      if (!known) real.clearTimeout(id);
    };

    function fakeDate(RealDate) {
      function FakeDate(...a) {
        if (!new.target) return new RealDate(now).toString();
        return Reflect.construct(RealDate, a.length ? a : [now], new.target === FakeDate ? RealDate : new.target);
      }
      Object.setPrototypeOf(FakeDate, RealDate);
      FakeDate.prototype = RealDate.prototype;
      FakeDate.now = () => now;
      return FakeDate;
    }

    const next = (until) => queue.filter((t) => t.at <= until).sort((a, b) => a.at - b.at || a.order - b.order)[0];
    function fire(timer) {
      now = Math.max(now, timer.at);
      if (timer.every) Object.assign(timer, { at: timer.at + timer.every, order: ++order });
      else queue = queue.filter((t) => t !== timer);
      timer.run();
    }
    function* upTo(until) {
      let left = MOST;
      for (let timer = next(until); timer; timer = next(until)) {
        if (!left--) throw new Error('more than ' + MOST + ' timers have run: they set each other for ever');
        yield timer;
      }
    }
    function* pending() {
      for (const timer of queue.slice().sort((a, b) => a.at - b.at || a.order - b.order)) if (queue.includes(timer)) yield timer;
    }
    function* nextOnes(steps) {
      for (let i = 0; i < steps; i++) {
        const timer = next(Infinity);
        if (timer) yield timer;
      }
    }
    // Each way to run timers, at once and with what promises have to do in between.
    const both = (name, timers, after) => ({
      [name](n) {
        faked();
        const end = after && now + n;
        for (const timer of timers(n)) fire(timer);
        if (after) now = Math.max(now, end);
        return jest;
      },
      async [name + 'Async'](n) {
        faked();
        const end = after && now + n;
        await settled();
        for (const timer of timers(n)) {
          fire(timer);
          await settled();
        }
        if (after) now = Math.max(now, end);
        return jest;
      },
    });
    const settled = () => new Promise((done) => M.setTimeout(done, 0));

    return Object.assign(
      {
        useFakeTimers(options = {}) {
          if (!real) {
            real = Object.fromEntries(NAMES.map((name) => [name, G[name]]));
            Object.assign(G, { setTimeout: set(false), setInterval: set(true), clearTimeout: clear, clearInterval: clear, Date: fakeDate(real.Date) });
          }
          queue = [];
          now = options.now === undefined ? real.Date.now() : +options.now;
          return jest;
        },
        useRealTimers() {
          if (real) Object.assign(G, real);
          real = null;
          queue = [];
          return jest;
        },
        clearAllTimers: () => { queue = []; },
        getTimerCount: () => queue.length,
        setSystemTime(time) {
          faked();
          const before = now;
          now = time === undefined ? real.Date.now() : +time;
          // Timers wait as long as before.
          for (const timer of queue) timer.at += now - before;
        },
        getRealSystemTime: () => (real ? real.Date : Date).now(),
      },
      both('advanceTimersByTime', (ms) => upTo(now + ms), true),
      both('advanceTimersToNextTimer', (steps = 1) => nextOnes(steps)),
      both('runAllTimers', () => upTo(Infinity)),
      both('runOnlyPendingTimers', () => pending()),
    );
  };
})
