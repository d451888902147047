// App() and getApp(), the launch and enter options, and the app's own lifecycle.
(function (M) {
  'use strict';
  const G = M.global, life = M.life = { app: undefined, launch: undefined, enter: undefined, background: false };
  let fallback, called = false;
  const copy = (o) => JSON.parse(JSON.stringify(o || {}));
  // A method keeps its instance when it is passed on unbound, and what it throws is the app's error, not the caller's.
  const bind = M.bind = (fn, self, where) => function () { return M.guard(fn, self, arguments, where) };

  G.App = function App(options) {
    if (!options || typeof options !== 'object') throw new TypeError('App() should be called with an object');
    if (called) return M.report(new Error('App() must be called exactly once'), 'App');
    called = true;
    const self = {};
    for (const k in options) self[k] = typeof options[k] === 'function' ? bind(options[k], self, 'App.' + k) : options[k];
    Object.assign(self, fallback);
    for (const name of ['unhandledRejection', 'pageNotFound', 'themeChange']) {
      const fn = self['on' + M.cap(name)];
      if (typeof fn === 'function') M.listeners(name).unshift(fn);
    }
    if (typeof options.onError === 'function') M.onAppError = (e) => self.onError('MiniProgramError\n' + e.stack);
    M.note('app.launch', { options: life.launch });
    if (self.onLaunch) self.onLaunch(copy(life.launch));
    if (!life.background) show(self);
    // getApp() is undefined inside onLaunch and the first onShow, as on the platform.
    life.app = self;
  };

  G.getApp = (o) => life.app || (o && o.allowDefault ? fallback = fallback || {} : undefined);

  function show(self) {
    life.background = false;
    M.note('app.show', { options: life.enter });
    if (self && typeof self.onShow === 'function') M.guard(self.onShow, self, [copy(life.enter)], 'App.onShow');
    M.fire('appShow', copy(life.enter));
  }

  life.show = (options) => {
    if (options) life.enter = fill(options);
    show(life.app);
  };
  life.hide = () => {
    life.background = true;
    M.note('app.hide', {});
    const self = life.app;
    if (self && typeof self.onHide === 'function') M.guard(self.onHide, self, [], 'App.onHide');
    M.fire('appHide');
  };

  function fill(o) {
    const out = Object.assign({ path: '', query: {}, scene: 1001, referrerInfo: {}, apiCategory: 'default' }, o);
    delete out.background;
    return out;
  }

  M.define('getLaunchOptionsSync', () => copy(life.launch));
  M.define('getEnterOptionsSync', () => copy(life.enter || life.launch));

  M.on('launch', (p) => {
    life.launch = life.enter = fill(p);
    life.background = !!p.background;
    if (M.has('app.js')) M.require('app.js');
    if (called) return;
    // Pages load without an App() too; they find an empty app.
    G.console.warn('app.js does not call App()');
    G.App({});
  });
  M.on('pageNotFound', (p) => {
    M.note('app.pageNotFound', p);
    M.fire('pageNotFound', p);
  });
})
