// console: every call is an entry of the timeline. Words and numbers are shown here; for anything else, and for the
// rarer functions, inspect.js is loaded.
(function (M) {
  'use strict';
  const out = {};
  const more = () => { M.lazy('inspect'); return M.inspect; };
  const simple = v => typeof v === 'string' || typeof v === 'boolean' || v === undefined || (typeof v === 'number' && !Object.is(v, -0));
  const format = args => args.every(simple) && !(args.length > 1 && typeof args[0] === 'string' && args[0].includes('%'))
    ? args.map(String).join(' ') : more().format(args);
  M.indent = '';
  M.say = (level, args) => M.note('console', { level, text: M.indent + format(args) });
  for (const level of ['log', 'info', 'warn', 'error', 'debug']) out[level] = (...args) => M.say(level, args);
  out.trace = out.dir = out.table = out.log;
  for (const name of ['assert', 'group', 'groupCollapsed', 'groupEnd', 'count', 'countReset', 'time', 'timeEnd', 'timeLog']) {
    out[name] = (...args) => more()[name](...args);
  }
  out.clear = () => {};
  M.show = v => more().show(v);
  M.text = v => more().text(v);
  M.global.console = out;
})
