// wx.getPerformance: what the host has measured.
(function (M) {
  'use strict';
  M.lazy('objects');
  const observers = new Set();
  const list = entries => ({
    getEntries: () => entries.slice(),
    getEntriesByName: (name, type) => entries.filter(e => e.name === name && (type === undefined || e.entryType === type)),
    getEntriesByType: type => entries.filter(e => e.entryType === type),
  });
  const all = () => list(M.host.call('$performance', {}).entries);
  const watch = () => { M.host.call('$performance.observe', { on: observers.size > 0 }); };
  M.on('performance', ({ entries }) => {
    for (const { types, callback, self } of Array.from(observers)) {
      const seen = entries.filter(e => types.includes(e.entryType));
      if (seen.length) M.guard(callback, undefined, [list(seen), self], 'PerformanceObserver');
    }
  });
  const createObserver = callback => {
    if (typeof callback !== 'function') throw new TypeError('createObserver should be called with a function');
    let mine;
    const disconnect = () => { observers.delete(mine); watch(); };
    const self = {
      observe(opts) {
        const { entryTypes, type } = opts || {};
        disconnect();
        mine = { types: Array.isArray(entryTypes) ? entryTypes : [type], callback, self };
        observers.add(mine);
        watch();
      },
      disconnect,
      supportedEntryTypes: ['navigation'],
    };
    return self;
  };
  const { self } = M.handOut('Performance', '', {
    getEntries: () => all().getEntries(),
    getEntriesByName: (name, type) => all().getEntriesByName(name, type),
    getEntriesByType: type => all().getEntriesByType(type),
    setBufferSize(most) { M.host.call('$performance.keep', { most }); },
    createObserver,
  }, []);
  M.made.getPerformance = () => self;
})
