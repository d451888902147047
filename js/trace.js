// With calls traced: every call of wx is an entry of the timeline.
(function (M) {
  'use strict';
  M.trace = (name, args, res, from) => M.note('wx', { name, args: M.show(args), result: M.show(res), duration: from === undefined ? 0 : Date.now() - from });
  M.traced = (name, fn) => function (...args) {
    const from = Date.now(), value = fn.apply(this, args);
    M.trace(name, args, value, from);
    return value;
  };
})
