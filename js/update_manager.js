// wx.getUpdateManager(): one object; waiting listeners are one-shot, a late one gets the stored result at once.
(function (M) {
  'use strict';
  const waiting = { check: [], ready: [], failed: [] }, known = {};
  const where = { check: 'onCheckForUpdate', ready: 'onUpdateReady', failed: 'onUpdateFailed' };
  const listen = kind => function (fn) {
    if (typeof fn !== 'function') return;
    if (known[kind]) M.guard(fn, undefined, [known[kind]], 'UpdateManager.' + where[kind]); else waiting[kind].push(fn);
  };
  const manager = {
    applyUpdate(opts) {
      const o = opts && typeof opts === 'object' ? opts : {};
      M.host.start('applyUpdate', {}, error => {
        const res = { errMsg: error ? 'applyUpdate:fail ' + error.reason : 'applyUpdate:ok' };
        if (error && error.errno) res.errno = error.errno;
        if (error) M.global.console.warn(res.errMsg);
        for (const key of [error ? 'fail' : 'success', 'complete']) {
          if (typeof o[key] === 'function') M.guard(o[key], undefined, [res], `applyUpdate ${key}`);
        }
      });
    },
  };
  for (const kind of Object.keys(where)) manager[where[kind]] = listen(kind);
  for (const name of Object.keys(manager)) manager[name] = M.traced('UpdateManager.' + name, manager[name]);
  M.on('update', ({ kind, detail, forced }) => {
    if (forced) return;
    known[kind] = detail;
    for (const fn of waiting[kind].splice(0)) M.guard(fn, undefined, [detail], 'UpdateManager.' + where[kind]);
  });
  M.made.getUpdateManager = () => manager;
})
