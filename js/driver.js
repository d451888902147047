// Driving apps from a test: `automator` as the platform's library has it, and what is done to apps beyond it.
(function (M) {
  'use strict';
  // The kit's own timers: a test may have replaced the global ones.
  const { setTimeout, clearTimeout } = M;

  // A request to the program outside. The error is made here, where the stack still has the test's own line.
  const ask = M.driverAsk = (words) => {
    const error = new Error();
    return new Promise((ok, no) => M.host.start('$outside', words, (failed, result) => {
      if (!failed) return ok(result);
      error.message = failed.reason;
      no(error);
    }));
  };
  const say = M.driverSay = (words) => {
    try {
      return M.host.call('$outside', words);
    } catch (e) {
      throw new Error(e && e.reason !== undefined ? e.reason : e);
    }
  };
  const sleep = M.driverSleep = (ms) => new Promise((ok) => setTimeout(ok, ms));

  // What a function, an expression and the like become on the way into the app.
  const packed = (v, above = []) => {
    if (v === undefined) return null;
    if (typeof v === 'function') return '[Function ' + (v.name || 'anonymous') + ']';
    if (typeof v === 'bigint' || typeof v === 'symbol') return String(v);
    if (v === null || typeof v !== 'object') return v;
    if (v instanceof RegExp) return '[Regexp ' + v + ']';
    if (typeof v.toJSON === 'function') return v.toJSON();
    if (above.includes(v)) return '[Circular ~]';
    const inner = above.concat([v]);
    if (Array.isArray(v)) return v.map((x) => packed(x, inner));
    const out = {};
    for (const k of Object.keys(v)) out[k] = packed(v[k], inner);
    return out;
  };

  const waitUntil = async (condition, interval = 250) => {
    while (!(await condition())) await sleep(interval);
  };
  const waitFor = (condition, find) => {
    if (typeof condition === 'number') return sleep(condition);
    if (typeof condition === 'string') return waitUntil(async () => (await find(condition)).length > 0);
    if (typeof condition === 'function') return waitUntil(condition);
    return Promise.reject(new Error('waitFor takes milliseconds, a selector or a function, not ' + typeof condition));
  };

  class Emitter {
    #listeners = new Map();
    on(event, f) {
      if (typeof f !== 'function') throw new TypeError('The "listener" argument must be of type function');
      this.#listeners.set(event, (this.#listeners.get(event) || []).concat([f]));
      return this;
    }
    once(event, f) {
      const one = (...args) => { this.off(event, one); f(...args) };
      one.listener = f;
      return this.on(event, one);
    }
    off(event, f) {
      this.#listeners.set(event, (this.#listeners.get(event) || []).filter((g) => g !== f && g.listener !== f));
      return this;
    }
    removeAllListeners(event) {
      if (event === undefined) this.#listeners.clear(); else this.#listeners.delete(event);
      return this;
    }
    listenerCount(event) { return (this.#listeners.get(event) || []).length }
    emit(event, ...args) {
      const all = this.#listeners.get(event) || [];
      for (const f of all) f(...args);
      return all.length > 0;
    }
  }
  Emitter.prototype.addListener = Emitter.prototype.on;
  Emitter.prototype.removeListener = Emitter.prototype.off;

  // The apps of this test by their numbers.
  const apps = new Map();

  class MiniProgram extends Emitter {
    #call; #pages = new Map(); #bindings = new Map(); #settle; #open = true; #seen = 0;

    constructor(info, settle) {
      super();
      // What was launched: number, app id, user.
      this.launchInfo = info;
      // Every restart so far: { from, to, rollback }.
      this.restarts = [];
      this.#settle = settle;
      this.#call = (method, params) => {
        if (!this.#open) return Promise.reject(new Error('Connection closed, check if wechat web devTools is still running'));
        return ask({ do: 'call', app: info.app, method, params: packed(params || {}) });
      };
    }

    // Calls a method of the protocol by its name.
    send(method, params) { return this.#call(method, params) }

    #page({ pageId, path, query }) {
      if (pageId === undefined) return undefined;
      if (!this.#pages.has(pageId)) {
        M.lazy('driver_page');
        this.#pages.set(pageId, new M.DriverPage(this.#call, { id: pageId, path, query }, waitFor));
      }
      return this.#pages.get(pageId);
    }
    async pageStack() { return (await this.#call('App.getPageStack')).pageStack.map((p) => this.#page(p)) }
    async currentPage() { return this.#page(await this.#call('App.getCurrentPage')) }
    async #route(method, url) {
      await this.callWxMethod(method, { url });
      await sleep(this.#settle);
      return this.currentPage();
    }
    navigateTo(url) { return this.#route('navigateTo', url) }
    redirectTo(url) { return this.#route('redirectTo', url) }
    reLaunch(url) { return this.#route('reLaunch', url) }
    switchTab(url) { return this.#route('switchTab', url) }
    navigateBack() { return this.#route('navigateBack') }

    systemInfo() { return this.callWxMethod('getSystemInfoSync') }
    pageScrollTo(scrollTop) { return this.callWxMethod('pageScrollTo', { scrollTop }).then(() => undefined) }
    async callWxMethod(method, ...args) { return (await this.#call('App.callWxMethod', { method, args })).result }
    async callPluginWxMethod(pluginId, method, ...args) { return (await this.#call('App.callWxMethod', { method, args, pluginId })).result }

    async #mock(pluginId, method, result, args) {
      if (result === undefined) throw new Error('mockWxMethod needs a result or a function; restoreWxMethod takes a mock back');
      const what = typeof result === 'function' ? { functionDeclaration: result.toString(), args } : { result };
      await this.#call('App.mockWxMethod', { method, ...what, ...(pluginId && { pluginId }) });
    }
    mockWxMethod(method, result, ...args) { return this.#mock(undefined, method, result, args) }
    mockPluginWxMethod(pluginId, method, result, ...args) { return this.#mock(pluginId, method, result, args) }
    async restoreWxMethod(method) { await this.#call('App.mockWxMethod', { method }) }
    async restorePluginWxMethod(pluginId, method) { await this.#call('App.mockWxMethod', { method, pluginId }) }

    // Strings are expressions' functions, as in the platform's library.
    async evaluate(fn, ...args) {
      const text = typeof fn === 'function' ? fn.toString() : '() => { return ' + fn + ' }';
      return (await this.#call('App.callFunction', { functionDeclaration: text, args })).result;
    }
    async exposeFunction(name, f) {
      if (typeof f !== 'function') throw new TypeError('exposeFunction needs a function');
      if (this.#bindings.has(name)) throw new Error('Failed to expose function with name ' + name + ': already exists!');
      this.#bindings.set(name, f);
      await this.#call('App.addBinding', { name });
    }

    on(event, f) {
      super.on(event, f);
      if (event === 'console') this.#call('App.enableLog').catch(() => {});
      return this;
    }
    // What the app says by itself.
    happened(event, params) {
      if (event === 'App.logAdded') this.emit('console', params);
      if (event === 'App.exceptionThrown') this.emit('exception', params);
      if (event === 'App.bindingCalled' && this.#bindings.has(params.name)) this.#bindings.get(params.name)(...params.args);
      if (event === 'App.restarted') {
        this.restarts.push(params);
        this.emit('restart', params);
      }
    }

    // The next restart that was not waited for yet, once the first page is ready again.
    async waitForRestart({ timeout = 60000 } = {}) {
      const error = new Error('the app has not been restarted within ' + timeout + ' ms');
      if (this.restarts.length <= this.#seen) {
        await new Promise((ok, no) => {
          let heard;
          const timer = setTimeout(() => { this.off('restart', heard); no(error) }, timeout);
          heard = () => { clearTimeout(timer); this.off('restart', heard); ok() };
          this.on('restart', heard);
        });
      }
      await this.#call('App.hello');
      return this.restarts[this.#seen++];
    }

    native() {
      const press = async (method, data) => {
        const error = new Error();
        const result = await this.#call('Tool.native', { method, data });
        if (!result.error) return;
        error.message = result.error.message;
        throw error;
      };
      const names = ['confirmModal', 'cancelModal', 'goHome', 'navigateLeft', 'authorizeAllow', 'authorizeCancel', 'closePaymentDialog', 'shareConfirm', 'shareCancel'];
      return names.reduce((o, name) => Object.assign(o, { [name]: (data) => press(name, data) }), { switchTab: (data) => press('switchTab', data) });
    }

    background() { return ask({ do: 'background', app: this.launchInfo.app }) }
    foreground(o) { return ask({ do: 'foreground', app: this.launchInfo.app, ...o }) }

    async screenshot() { await this.#call('App.captureScreenshot') }
    async testAccounts() { return (await this.#call('Tool.getTestAccounts')).accounts }
    async stopAudits() { await this.#call('Tool.stopAudits') }
    async remote() { await this.#call('Tool.enableRemoteDebug', { auto: false }) }
    async checkVersion() { await this.#call('Tool.getInfo') }
    disconnect() { this.#open = false }
    async close() {
      await ask({ do: 'close', app: this.launchInfo.app });
      this.#open = false;
      apps.delete(this.launchInfo.app);
    }
  }
  // What the platform's tools make of an account; there is none here.
  for (const name of ['getTicket', 'setTicket', 'refreshTicket']) {
    MiniProgram.prototype[name] = async () => { throw new Error(name + ' is not possible: there are no accounts here, launch with { user } instead') };
  }

  // The device that apps run on hears of what happens to it.
  M.on('driver.event', ({ app, event, params, dialog }) => {
    if (dialog) return M.driverDialog && M.driverDialog(dialog, apps.get(dialog.app));
    const miniProgram = apps.get(app);
    if (miniProgram) miniProgram.happened(event, params);
    else if (event === 'App.restarted') early.push([app, event, params]);
  });
  // A launch may be over only after the app has restarted itself.
  let early = [];

  const launch = async (options = {}) => {
    const { settle = 3000, ...rest } = options;
    if (typeof settle !== 'number' || !(settle >= 0)) throw new Error('settle is a number of milliseconds, not ' + settle);
    const info = await ask({ do: 'launch', options: packed(rest) });
    const miniProgram = new MiniProgram(info, settle);
    apps.set(info.app, miniProgram);
    early.filter(([app]) => app === info.app).forEach(([, event, params]) => miniProgram.happened(event, params));
    early = early.filter(([app]) => app !== info.app);
    return miniProgram;
  };

  M.automator = {
    launch,
    // There is one place to connect to: the app that was launched last, or the one that the test file names.
    async connect(options = {}) {
      if (options.projectPath || options.app) return launch(options);
      const running = Array.from(apps.values());
      if (running.length) return running[running.length - 1];
      if (M.testedApp) return launch({ projectPath: M.testedApp });
      throw new Error('Failed connecting' + (options.wsEndpoint ? ' to ' + options.wsEndpoint : '') + ': no app is running; launch one, or name it in the first line of the test file: // app: FOLDER');
    },
    MiniProgram,
  };
  M.automator.default = M.automator;
  M.automator.launcher = M.automator;
  M.driverApps = apps;
  M.lazy('driver_device');
})
