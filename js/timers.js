// setTimeout and its kin; the queue and the time are the host's.
(function (M) {
  'use strict';
  const timers = new Map(), native = M.native;
  let lastId = 0;
  const add = (name, repeat) => function (fn, delay, ...args) {
    if (typeof fn !== 'function') throw new TypeError(`${name} expects a function as first argument but got ${typeof fn}.`);
    const ms = Math.trunc(Number(delay)), wait = ms >= 1 && ms <= 2147483647 ? ms : 1, id = ++lastId;
    timers.set(id, { fn, args, wait, repeat, where: name + ' callback' });
    native.timer(id, wait);
    return id;
  };
  const clear = id => { if (timers.delete(+id)) native.clearTimer(+id); };
  M.fireTimer = id => {
    const t = timers.get(id);
    if (!t) return;
    if (t.repeat) native.timer(id, t.wait); else timers.delete(id);
    M.guard(t.fn, undefined, t.args, t.where);
  };
  M.nextTick = fn => { if (typeof fn === 'function') Promise.resolve().then(() => M.guard(fn, undefined, [], 'wx.nextTick')); };
  const global = M.global;
  global.setTimeout = add('setTimeout', false);
  global.setInterval = add('setInterval', true);
  global.clearTimeout = id => clear(id);
  global.clearInterval = id => clear(id);
})
