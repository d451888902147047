// navigateTo opens an event channel between the page and the one that it opens.
(function (M) {
  'use strict';
  M.channel = (opener) => {
    if (!opener.channel) { M.lazy('event_channel'); opener.channel = new M.EventChannel(opener.events) }
    return opener.channel;
  };
  const openers = new Map();
  M.takeOpener = (call) => {
    const opener = openers.get(call);
    openers.delete(call);
    return opener;
  };
  const byOptions = new WeakMap();
  M.hook('navigateTo', {
    before(o, id) {
      const opener = { events: o.events };
      byOptions.set(o, opener);
      openers.set(id, opener);
    },
    after(res, o) {
      const opener = byOptions.get(o);
      if (opener) res.eventChannel = M.channel(opener);
    },
  });
})
