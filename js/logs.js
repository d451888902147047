// wx.getLogManager and wx.getRealtimeLogManager: every call is a "log" entry of the timeline.
(function (M) {
  'use strict';
  const levels = (self, names, properties) => {
    for (const level of names) self[level] = (...args) => M.note('log', { level, text: args.map(M.text).join(' '), ...properties() });
    return self;
  };
  const log = levels({}, ['debug', 'info', 'log', 'warn'], () => ({ manager: 'log' }));
  const filtered = more => {
    let filters = [];
    const self = levels({}, ['info', 'warn', 'error'], () => ({ manager: 'realtime', ...more, ...(filters.length && { filters }) }));
    self.setFilterMsg = msg => { filters = [String(msg)]; };
    self.addFilterMsg = msg => { filters = filters.concat(String(msg)); };
    return self;
  };
  const realtime = filtered({});
  realtime.tag = tag => filtered({ tag: String(tag) });
  // On the platform it binds the entries to a page, which the timeline's order already tells.
  realtime.in = () => {};
  // Entries leave at once, so none is ever held back; the bounds are the platform's for one report.
  realtime.getCurrentState = () => ({ size: 0, maxSize: 5120, logCount: 0, maxLogCount: 200 });
  M.made.getLogManager = () => log;
  M.made.getRealtimeLogManager = () => realtime;
})
