// EventChannel: what a page and the page that it opened by navigateTo say to each other.
(function (M) {
  'use strict';
  const add = (all, name, fn, once) => {
    if (typeof fn !== 'function') return;
    if (!all.has(name)) all.set(name, []);
    all.get(name).push({ fn, once });
  };
  // One emitter that both sides share. An event that nobody listens to yet is lost: navigateTo succeeds only after the
  // new page's onLoad, which is the place to listen.
  M.EventChannel = class EventChannel {
    constructor(events) {
      Object.defineProperty(this, 'listener', { value: new Map() });
      for (const name of Object.keys(events || {})) this.on(name, events[name]);
    }
    on(name, fn) { add(this.listener, name, fn, false) }
    once(name, fn) { add(this.listener, name, fn, true) }
    off(name, fn) {
      const list = this.listener.get(name) || [];
      this.listener.set(name, typeof fn === 'function' ? list.filter((l) => l.fn !== fn) : []);
    }
    emit(name, ...args) {
      for (const l of (this.listener.get(name) || []).slice()) {
        if (l.once) this.listener.set(name, this.listener.get(name).filter((x) => x !== l));
        M.guard(l.fn, this, args, 'EventChannel ' + name);
      }
    }
  };
})
