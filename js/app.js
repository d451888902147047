// App() and getApp(), and the app's own lifecycle.
(function (M) {
  'use strict';
  const G = M.global, life = M.life = { app: undefined, launch: undefined, enter: undefined, background: false };
  let fallback, called = false;
  const { copy, bind } = M;

  G.App = function App(options) {
    if (!options || typeof options !== 'object') throw new TypeError('App() should be called with an object');
    if (called) return M.report(new Error('App() must be called exactly once'), 'App');
    called = true;
    // A prototype of its own tells the one app from data: a page that has it as a field shares it instead of copying it.
    const self = Object.create({});
    for (const k in options) self[k] = typeof options[k] === 'function' ? bind(options[k], self, 'App.' + k) : options[k];
    Object.assign(self, fallback);
    for (const name of ['unhandledRejection', 'pageNotFound', 'themeChange']) {
      const fn = self['on' + M.cap(name)];
      if (typeof fn === 'function') M.listeners(name).unshift(fn);
    }
    if (typeof options.onError === 'function') M.onAppError = (e) => self.onError('MiniProgramError\n' + e.stack);
    M.note('app.launch', { options: life.launch });
    tell(self, 'onLaunch', [copy(life.launch)]);
    if (!life.background) show(self);
    // getApp() is undefined inside onLaunch and the first onShow, as on the platform.
    life.app = self;
  };

  G.getApp = (o) => life.app || (o && o.allowDefault ? fallback = fallback || {} : undefined);

  const tell = (self, name, args) => { if (self && typeof self[name] === 'function') M.guard(self[name], self, args, 'App.' + name) };
  const show = (self) => {
    life.background = false;
    M.note('app.show', { options: life.enter });
    tell(self, 'onShow', [copy(life.enter)]);
    M.fire('appShow', copy(life.enter));
  };

  life.show = (options) => {
    if (options) life.enter = options;
    show(life.app);
  };
  life.hide = () => {
    life.background = true;
    M.note('app.hide', {});
    tell(life.app, 'onHide');
    M.fire('appHide');
  };

  const start = () => {
    life.start = undefined;
    M.runScript('app');
    if (called) return;
    // Pages load without an App() too; they find an empty app.
    G.console.warn('the app does not call App()');
    G.App({});
  };
  // Pages of an independent subpackage run without the app, which starts with the first page outside of them.
  const alone = (path) => (M.appJson.subPackages || M.appJson.subpackages || []).some((p) => p.independent && M.rootOf(path) === p.root.replace(/^\/|\/$/g, ''));
  life.enterPage = (path) => {
    if (!life.start || alone(path)) return;
    try { start() } catch (e) { M.report(e, 'app.js') }
  };
  M.on('launch', (p) => {
    const { background, ...options } = p;
    if (M.appJson.isGame) { M.lazy('game'); return M.startGame(options, background) }
    life.launch = life.enter = options;
    life.background = !!background;
    if (alone(p.path)) life.start = start; else start();
  });
  M.on('pageNotFound', (p) => {
    M.note('app.pageNotFound', p);
    M.fire('pageNotFound', p);
  });
})
