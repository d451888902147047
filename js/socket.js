// wx.connectSocket: SocketTasks, and the older listeners on wx, which hear of the newest one.
(function (M) {
  'use strict';
  const { begin, settle } = M.calls, sockets = new Map();
  const CONNECTING = 0, OPEN = 1, CLOSING = 2, CLOSED = 3, states = { CONNECTING, OPEN, CLOSING, CLOSED };
  const isObject = v => v !== null && typeof v === 'object';
  let newest = 0;
  class SocketTask {}
  for (const state of Object.keys(states)) Object.defineProperty(SocketTask.prototype, state, { value: states[state], enumerable: true });
  M.made.connectSocket = opts => {
    const subs = { Open: [], Message: [], Error: [], Close: [] }, task = new SocketTask(), self = { state: CONNECTING };
    let id = 0;
    Object.defineProperty(task, 'readyState', { get: () => self.state, enumerable: true });
    const end = () => { self.state = CLOSED; sockets.delete(id); };
    id = begin('connectSocket', opts, (res, ok) => {
      if (!ok) end();
      settle('connectSocket', opts, res, ok);
      if (ok) M.host.start('$socket', { $socket: id }, error => { if (error) self.hear('Close', { code: 1000, reason: error.reason }); });
    });
    if (id) { sockets.set(id, self); newest = id; } else self.state = CLOSED;
    task.socketTaskId = id;
    const call = (api, o, failed) => {
      const given = isObject(o) || o === undefined ? Object.assign({}, o, { $socket: id }) : o;
      begin(api, given, (res, ok) => { if (!ok && failed) failed(); settle(api, o, res, ok); });
    };
    task.send = o => call('sendSocketMessage', o);
    task.close = o => {
      const was = self.state;
      if (was < CLOSING) self.state = CLOSING;
      call('closeSocket', o, () => { if (self.state === CLOSING) self.state = was; });
    };
    for (const event of Object.keys(subs)) task['on' + event] = fn => { if (typeof fn === 'function') subs[event].push(fn); };
    self.hear = (event, payload) => {
      if (event === 'Open' && self.state === CONNECTING) self.state = OPEN;
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
