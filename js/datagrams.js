// wx.createUDPSocket: sockets whose datagrams the host sends and receives.
(function (M) {
  'use strict';
  M.lazy('objects');
  const { begin } = M.calls, { setTimeout } = M, sockets = new Map();
  const EVENTS = ['Listening', 'Message', 'Error', 'Close'], isObject = v => v !== null && typeof v === 'object';
  let last = 0;
  M.made.createUDPSocket = type => {
    if (type !== undefined && type !== 'udp4' && type !== 'udp6') {
      const errMsg = 'createUDPSocket:fail parameter error: type should be udp4 or udp6';
      throw Object.assign(new Error(errMsg), { errMsg });
    }
    const id = ++last;
    let bound = 0, closed = false;
    const tell = (event, payload) => setTimeout(() => hand.tell(event, payload), 0);
    const fail = (method, reason) => tell('Error', { errMsg: `${method}:fail ${reason}` });
    const open = port => {
      try {
        bound = M.host.call('$udp.bind', { $udp: id, v6: type === 'udp6', port }).port;
      } catch (error) {
        if (error.reason === undefined) throw error;
        fail('bind', error.reason);
        return false;
      }
      sockets.set(id, hand);
      M.host.start('$udp', { $udp: id }, () => { sockets.delete(id); hand.tell('Close', { errMsg: 'close:ok' }); });
      tell('Listening', { errMsg: 'listening:ok' });
      return true;
    };
    // The methods for which a socket that has no port yet gets one.
    const ordered = method => opts => {
      if (closed) return fail(method, 'socket is closed');
      if (!bound && !open(0)) return;
      const given = isObject(opts) || opts === undefined ? Object.assign({}, opts, { $udp: id }) : opts;
      begin('UDPSocket.' + method, given, (res, ok) => { if (!ok) tell('Error', res); });
    };
    const setTTL = ordered('setTTL');
    const hand = M.handOut('UDPSocket', '', {
      bind(port) {
        if (closed) fail('bind', 'socket is closed');
        else if (bound) fail('bind', 'socket is already bound');
        else if (port !== undefined && typeof port !== 'number') fail('bind', 'parameter error: port should be Number');
        else open(port);
        return bound;
      },
      send: ordered('send'), write: ordered('write'), connect: ordered('connect'),
      setTTL: ttl => setTTL({ ttl }),
      close() {
        if (closed) return fail('close', 'socket is closed');
        closed = true;
        if (!bound) return tell('Close', { errMsg: 'close:ok' });
        begin('UDPSocket.close', { $udp: id }, () => {});
      },
    }, EVENTS, true);
    hand.hears = event => !closed || event === 'Error';
    return hand.self;
  };
  M.on('udp', ({ $udp, $event, ...told }) => {
    const hand = sockets.get($udp);
    if (hand && hand.hears($event)) hand.tell($event, told);
  });
})
