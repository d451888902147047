// What a driver does inside an app's world: the methods of the automation protocol. `driver` brings a request, its
// answer leaves by `$outside`. Nothing here runs unless somebody drives the app.
(function (M) {
  'use strict';
  const G = M.global, { stack, pages, wx } = M;
  const say = (message) => M.host.call('$outside', message);

  // JSON of whatever the app has: cycles and getters that throw must not keep an answer from leaving.
  const plain = M.plain = (v, above = []) => {
    if (v && typeof v.toJSON === 'function') v = v.toJSON();
    if (typeof v === 'bigint') throw new TypeError('a BigInt cannot be sent to the driver');
    if (typeof v === 'function' || typeof v === 'symbol') return undefined;
    if (!v || typeof v !== 'object') return v;
    if (above.includes(v)) return '[Circular ~]';
    const inner = above.concat([v]);
    if (v instanceof Error) return { name: v.name, message: v.message, stack: String(v.stack) };
    if (Array.isArray(v)) return v.map((x) => plain(x, inner));
    const out = {};
    for (const k of Object.keys(v)) out[k] = plain(v[k], inner);
    return out;
  };
  const given = (result) => (result === undefined ? {} : { result: plain(result) });

  // A function from its text, with this `this`; arrow functions take it over. Method shorthand is no expression by itself.
  const compiled = (text, self) => {
    const source = String(text).trim();
    const of = (declaration) => M.evaluate('(function(){ return (' + declaration + '\n) })', 'evaluate').call(self);
    try {
      return of(source);
    } catch (e) {
      if (!(e instanceof SyntaxError)) throw e;
      return of(source.startsWith('async ') ? 'async function ' + source.slice(6) : 'function ' + source);
    }
  };

  const SYNC = new Set(('stopRecord getRecorderManager pauseVoice stopVoice pauseBackgroundAudio stopBackgroundAudio getBackgroundAudioManager createAudioContext createInnerAudioContext createVideoContext '
    + 'createCameraContext createMapContext canIUse startAccelerometer stopAccelerometer startCompass stopCompass hideToast hideLoading showNavigationBarLoading hideNavigationBarLoading navigateBack createAnimation '
    + 'pageScrollTo createSelectorQuery createCanvasContext createContext drawCanvas hideKeyboard stopPullDownRefresh arrayBufferToBase64 base64ToArrayBuffer').split(' '));
  const isSync = (name) => name.endsWith('Sync') || SYNC.has(name);
  const isPair = (name) => /^(on|off)[A-Z]/.test(name);
  const known = (name) => { if (typeof wx[name] !== 'function') throw new Error('wx.' + name + ' not exists') };
  const reason = (name, e) => {
    const text = e && e.errMsg !== undefined ? String(e.errMsg) : e && e.message !== undefined ? String(e.message) : String(e);
    return new Error(text.replace(new RegExp('^' + name + ':fail\\s*'), '') || text);
  };

  const callWx = ({ method, args, pluginId }) => {
    if (pluginId) throw new Error('the wx of a plugin cannot be called from outside: call the page that uses it');
    known(method);
    const list = args || [];
    if (method === 'navigateBack' && list[0]) list[0] = { delta: list[0].delta || 1 };
    if (isSync(method) || isPair(method)) {
      const value = wx[method](...list);
      return method === 'navigateBack' || isPair(method) ? {} : given(value);
    }
    return new Promise((ok, no) => {
      const options = Object.assign({}, list[0], { success: (res) => ok(given(res)), fail: (e) => no(reason(method, e)) });
      const value = wx[method](options, ...list.slice(1));
      if (value !== undefined && !(value && typeof value.then === 'function') && !(value && typeof value.abort === 'function')) ok(given(value));
    });
  };

  // name -> the function as it was before the first mock.
  const originals = new Map();
  const mockWx = (params) => {
    const { method, functionDeclaration, args = [], pluginId } = params;
    if (pluginId) throw new Error('the wx of a plugin cannot be mocked from outside');
    known(method);
    if (isPair(method)) throw new Error("You can't mock wx." + method);
    if (functionDeclaration === undefined && !('result' in params)) {
      if (originals.has(method)) wx[method] = originals.get(method);
      originals.delete(method);
      return {};
    }
    if (!originals.has(method)) originals.set(method, wx[method]);
    const self = { origin: originals.get(method).bind(wx) };
    const fn = functionDeclaration === undefined ? () => M.copy(params.result) : compiled(functionDeclaration, self);
    const run = (list) => fn.apply(self, list.concat(args));
    wx[method] = isSync(method) ? (...list) => run(list) : mocked(method, run);
    return {};
  };
  const mocked = (name, run) => (options, ...rest) => {
    const { success, fail, complete, ...plainOptions } = options && typeof options === 'object' ? options : {};
    const calls = [success, fail, complete].some((f) => typeof f === 'function');
    const good = (r) => !(r && r.errMsg !== undefined) || String(r.errMsg).includes(name + ':ok');
    const done = new Promise((ok) => ok(run(calls || options ? [calls ? plainOptions : options, ...rest] : rest)));
    if (!calls) return done.then((r) => { if (good(r)) return r; throw r });
    const tell = (f, r) => { if (typeof f === 'function') M.guard(f, undefined, [r], name + ' callback') };
    done.then((r) => { tell(good(r) ? success : fail, r); tell(complete, r) }, (e) => { tell(fail, e); tell(complete, e) });
  };

  let logs = false;
  const enableLog = () => {
    if (logs) return {};
    logs = true;
    for (const type of ['log', 'info', 'warn', 'error', 'debug']) {
      const original = M.console[type];
      M.console[type] = function (...args) {
        say({ event: 'App.logAdded', params: { type, args: args.map((a) => { const v = plain(a); return v === undefined ? null : v }) } });
        return original.apply(this, args);
      };
    }
    return {};
  };

  const outer = (path) => path.replace(/^__plugin__\/([^/]+)\//, 'plugin-private://$1/');
  const shown = (p, base) => ({ pageId: base + p.id, path: outer(p.path), query: p.query });
  const pageOf = M.drivenPage = ({ pageId }, base) => {
    const p = pages.get(pageId - base);
    if (!p) throw new Error('page destroyed');
    return p;
  };
  const read = M.drivenRead = (data, path) => {
    if (path === undefined || path === null || path === '') return data;
    if (data && Object.prototype.hasOwnProperty.call(data, path)) return data[path];
    let v = data;
    for (const key of String(path).replace(/\[([^\]]*)\]/g, '.$1').split('.').filter((k) => k !== '')) {
      if (v === null || v === undefined) return undefined;
      v = v[key];
    }
    return v;
  };
  // The app's own functions report what they throw and return nothing; whoever drives them is told, too.
  const callOn = M.drivenCall = (self, of, { method, args }) => {
    if (!self || typeof self[method] !== 'function') throw new Error(of + '.' + method + ' not exists');
    const errors = M.listeners('error'), thrown = [];
    const hear = (e) => { thrown.push(e) };
    errors.push(hear);
    let value;
    try { value = self[method](...(args || [])) } finally { errors.splice(errors.indexOf(hear), 1) }
    if (thrown.length) throw new Error(String(thrown[0].message || thrown[0]).replace(/^MiniProgramError\n?/, ''));
    return value && typeof value.then === 'function' ? value.then(given) : given(value);
  };
  const windowOf = () => {
    const { windowWidth: width, windowHeight: height } = wx.getWindowInfo();
    return { innerWidth: width, innerHeight: height, 'document.documentElement.scrollWidth': width, 'document.documentElement.scrollHeight': height };
  };

  const native = ({ method, data }) => {
    if (method === 'goHome') return callWx({ method: 'reLaunch', args: [{ url: '/' + (M.appJson.entryPagePath || M.appJson.pages[0]) }] });
    if (method === 'switchTab') return callWx({ method: 'switchTab', args: [data || {}] });
    if (method === 'navigateLeft') {
      if (stack.length < 2) throw new Error('there is no page to go back to');
      M.host.call('$test.setDevice', { words: { back: true } });
      return {};
    }
    const { granted } = M.host.call('$test.lastScope', {});
    if (granted === null) throw new Error('no permission was asked for');
    if (granted === (method === 'authorizeAllow')) return {};
    throw new Error('the question was answered with ' + (granted ? 'yes' : 'no') + ' when it was asked; say before what the person answers, with device.ui.onAuthorize');
  };

  const methods = {
    'App.hello': () => ({}),
    'App.getPageStack': (p, base) => ({ pageStack: stack.map((page) => shown(page, base)) }),
    'App.getCurrentPage': (p, base) => (stack.length ? shown(stack[stack.length - 1], base) : {}),
    'App.callFunction': ({ functionDeclaration, args }) => Promise.resolve(compiled(functionDeclaration, G).apply(G, args || [])).then(given),
    'App.callWxMethod': callWx,
    'App.mockWxMethod': mockWx,
    'App.addBinding': ({ name }) => { G[name] = (...args) => { say({ event: 'App.bindingCalled', params: { name, args: args.map((a) => plain(a)) } }) }; return {} },
    'App.enableLog': enableLog,
    'App.native': native,
    'Page.getData': (p, base) => { const data = plain(read(pageOf(p, base).self.data, p.path)); return data === undefined ? {} : { data } },
    'Page.setData': (p, base) => new Promise((ok) => pageOf(p, base).self.setData(p.data, () => ok({}))),
    'Page.callMethod': (p, base) => callOn(pageOf(p, base).self, 'page', p),
    'Page.getWindowProperties': (p, base) => { pageOf(p, base); const w = windowOf(); return { properties: p.names.map((n) => w[n] || 0) } },
  };

  // Elements are looked at by a file of their own.
  const method = (name) => {
    if (!methods[name] && /^(Page|Element)\./.test(name)) {
      M.lazy('driven_elements');
      Object.assign(methods, M.drivenElements);
    }
    if (methods[name]) return methods[name];
    return () => { throw new Error((/^(Page|Element)\./.test(name) ? 'webview ' : 'appservice ') + name + ' unimplemented') };
  };

  M.on('driver', ({ id, method: name, params, base }) => {
    say({ taken: id });
    const failed = (e) => say({ id, error: e && e.message !== undefined ? String(e.message) : e && e.errMsg ? String(e.errMsg) : String(e) });
    new Promise((ok) => ok(method(name)(params || {}, base))).then((result) => say({ id, result: plain(result) || {} })).catch(failed);
  });
})
