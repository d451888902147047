// The objects that wx hands out: their own methods, their listeners, and beside them the methods that are refused.
(function (M) {
  'use strict';
  M.lazy('refused');
  const isObject = v => v !== null && typeof v === 'object', { begin, settle } = M.calls;
  // `events` are the names of listeners ("Play"), which can be taken off where `off` says so.
  M.handOut = (object, note, own, events, off) => {
    const subs = {}, self = M.refusing(object, note);
    for (const name of Object.keys(own)) self[name] = M.traced(`${object}.${name}`, own[name]);
    for (const event of events) {
      const list = subs[event] = [];
      self['on' + event] = fn => { if (typeof fn === 'function') list.push(fn); };
      if (off) self['off' + event] = fn => { if (fn === undefined) list.length = 0; else if (list.includes(fn)) list.splice(list.indexOf(fn), 1); };
    }
    const tell = (event, ...args) => { for (const fn of subs[event].slice()) M.guard(fn, undefined, args, `${object}.on${event}`); };
    return { self, tell, subs };
  };
  // A method with success, fail and complete, which the host answers; it learns whose method it is.
  M.hosted = (object, id, method, act) => opts => {
    const api = `${object}.${method}`, whose = { $object: object, $id: String(id), $method: method };
    const given = isObject(opts) || opts === undefined ? Object.assign({}, opts, whose) : opts;
    begin(api, given, (res, ok) => { if (ok && act) act(res, opts); settle(api, opts, res, ok); });
  };
  // A function of wx whose row checks the parameters: `act(result, opts, done(result, succeeded))` does the work.
  M.asked = (api, act) => {
    M.made[api] = opts => {
      const start = end => void begin(api, opts, (res, ok) => { if (ok) act(res, opts, end); else end(res, ok); });
      if (isObject(opts) && ('success' in opts || 'fail' in opts || 'complete' in opts)) return start((res, ok) => settle(api, opts, res, ok));
      return new Promise((yes, no) => start((res, ok) => (ok ? yes : no)(res)));
    };
  };
  M.failed = (api, reason) => ({ errMsg: `${api}:fail ${reason}` });
})
