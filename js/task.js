// Functions of wx that return a task: abort(), and pairs of listeners for its events.
(function (M) {
  'use strict';
  const tasks = new Map(), { begin, settle } = M.calls;
  M.task = (api, events, opts) => {
    const subs = {}, self = {};
    let id = 0;
    id = begin(api, opts, (res, ok) => { tasks.delete(id); settle(api, opts, res, ok); });
    self.abort = () => { if (tasks.has(id)) M.host.call('$abort', { id }); };
    for (const event of events) {
      const list = subs[event] = [];
      self['on' + event] = fn => { if (typeof fn === 'function') list.push(fn); };
      self['off' + event] = fn => { if (fn === undefined) list.length = 0; else if (list.includes(fn)) list.splice(list.indexOf(fn), 1); };
    }
    if (id) tasks.set(id, { subs, name: api });
    return self;
  };
  M.on('task', p => {
    const t = tasks.get(p.$task), event = p.$event;
    delete p.$task; delete p.$event;
    if (t) for (const fn of (t.subs[event] || []).slice()) M.guard(fn, undefined, [p], `${t.name} on${event}`);
  });
})
