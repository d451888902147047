// wx.connectSocket: SocketTasks, and the older listeners on wx, which hear of the newest one.
(function (M) {
  'use strict';
  const { begin, settle } = M.calls, sockets = new Map();
  const isObject = v => v !== null && typeof v === 'object';
  const rows = {}, STATES = { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 };
  for (const row of M.build('SocketTask')) rows[row.short] = row;
  rows.send.short = 'sendSocketMessage';
  rows.close.short = 'closeSocket';
  let newest = 0;
  class SocketTask {}
  for (const state of Object.keys(STATES)) Object.defineProperty(SocketTask.prototype, state, { value: STATES[state], enumerable: true });
  M.socket = (row, opts) => {
    const subs = { Open: [], Message: [], Error: [], Close: [] }, task = new SocketTask();
    const settled = isObject(opts) ? settle(row, opts) : () => {};
    const self = { subs, state: STATES.CONNECTING };
    let id = 0;
    Object.defineProperty(task, 'readyState', { get: () => self.state, enumerable: true });
    const end = () => { self.state = STATES.CLOSED; sockets.delete(id); };
    id = begin(row, opts, (res, ok) => {
      if (!ok) end();
      settled(res, ok);
      if (ok) M.host.start('$socket', { $socket: id }, error => { if (error) self.hear('Close', { code: 1000, reason: error.reason }); });
    });
    if (!id) self.state = STATES.CLOSED; else { sockets.set(id, self); newest = id; }
    task.socketTaskId = id;
    const call = (name, o, done) => {
      const given = isObject(o) || o === undefined ? Object.assign({}, o, { $socket: id }) : o;
      const settled = isObject(o) ? settle(rows[name], o) : () => {};
      begin(rows[name], given, (res, ok) => { if (!ok && done) done(); settled(res, ok); });
    };
    task.send = o => call('send', o);
    task.close = o => {
      const was = self.state;
      if (was < STATES.CLOSING) self.state = STATES.CLOSING;
      call('close', o, () => { if (self.state === STATES.CLOSING) self.state = was; });
    };
    for (const event of Object.keys(subs)) task['on' + event] = fn => { if (typeof fn === 'function') subs[event].push(fn); };
    self.hear = (event, payload) => {
      if (event === 'Open' && self.state === STATES.CONNECTING) self.state = STATES.OPEN;
      if (event === 'Close') end();
      for (const fn of subs[event].slice()) M.guard(fn, undefined, [payload], 'SocketTask.on' + event);
      if (id === newest) M.fire('socket' + event, payload);
    };
    return task;
  };
  M.on('socket', p => {
    const socket = sockets.get(p.$socket), event = p.$event;
    delete p.$socket; delete p.$event;
    if (socket) socket.hear(event, p);
  });
})
