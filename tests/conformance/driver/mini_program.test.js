// Rests on: MiniProgram of the automation library (developers.weixin.qq.com, devtools/auto/miniprogram.html).
const shop = 'fixtures/apps/shop/1.0.0';
const tabs = {
  'app.json': { pages: ['a/a', 'b/b', 'c/c'], tabBar: { list: [{ pagePath: 'a/a', text: 'A' }, { pagePath: 'b/b', text: 'B' }] } },
  'app.js': "App({ globalData: { n: 1 }, onLaunch() { console.log('launched') } })",
  'a/a.js': "Page({ data: { n: 0 }, say(what) { console.log('said', { what }, 3) }, fail() { throw new TypeError('on purpose') }, late() { setTimeout(() => { throw new Error('later') }, 10) } })",
  'b/b.js': 'Page({})',
  'c/c.js': 'Page({ onLoad(q) { this.setData(q) } })',
};

describe('MiniProgram', () => {
  let app;
  beforeEach(async () => { app = await automator.launch({ app: { appId: 'wxtabs', files: tabs } }) });
  afterEach(() => device.reset());

  test('routes, and gives the page that it comes to', async () => {
    const a = await app.currentPage();
    const c = await app.navigateTo('/c/c?x=1');
    expect([c.path, c.query]).toEqual(['c/c', { x: '1' }]);
    expect((await app.pageStack()).map((p) => p.path)).toEqual(['a/a', 'c/c']);
    expect(await app.navigateBack()).toBe(a);
    expect((await app.redirectTo('/c/c?x=2')).query).toEqual({ x: '2' });
    expect((await app.switchTab('/b/b')).path).toBe('b/b');
    expect((await app.reLaunch('/c/c')).path).toBe('c/c');
    expect(await app.pageStack()).toHaveLength(1);
  });

  test('a route that the app may not take fails in the words of the platform', async () => {
    await expect(app.navigateTo('/b/b')).rejects.toThrow('can not navigateTo a tabbar page');
    await expect(app.navigateTo('/no/page')).rejects.toThrow('is not found');
    await expect(app.switchTab('/c/c')).rejects.toThrow('can not switch to no-tabBar page');
  });

  test('a page that is gone says so', async () => {
    const page = await app.currentPage();
    await app.reLaunch('/c/c');
    await expect(page.data()).rejects.toThrow('page destroyed');
  });

  test('evaluates functions of every form in the app', async () => {
    expect(await app.evaluate(() => getApp().globalData.n)).toBe(1);
    expect(await app.evaluate(function (a, b) { return a + b }, 1, 2)).toBe(3);
    expect(await app.evaluate(async (x) => { await null; return [x, undefined, null] }, 'x')).toEqual(['x', null, null]);
    expect(await app.evaluate(({ a = 5 }, ...rest) => a + rest.length, {}, 1, 2)).toBe(7);
    expect(await app.evaluate({ short(a) { return a * 2 } }.short, 4)).toBe(8);
    expect(await app.evaluate({ async short(a) { return a * 2 } }.short, 4)).toBe(8);
    expect(await app.evaluate('1 + 1')).toBe(2);
    expect(await app.evaluate(() => {})).toBe(undefined);
    expect(await app.evaluate(() => { const o = { n: NaN, f() {} }; o.o = o; return o })).toEqual({ n: null, o: '[Circular ~]' });
    await app.evaluate(() => { global.kept = 1 });
    expect(await app.evaluate(() => kept)).toBe(1);
  });

  test('what a function throws comes back, and is no error of the app', async () => {
    await expect(app.evaluate(() => { throw new TypeError('wrong') })).rejects.toThrow(/^wrong$/);
    await expect(app.evaluate(async () => { throw 'text' })).rejects.toThrow('text');
    await expect(app.evaluate(() => nothing)).rejects.toThrow('nothing');
    await expect(app.evaluate(() => 10n)).rejects.toThrow('BigInt');
    await expect(app.evaluate('(')).rejects.toThrow();
    expect(device.timeline('error')).toEqual([]);
  });

  test('the app itself still cannot compile text', async () => {
    await expect(app.evaluate(() => new Function('return 1')())).rejects.toThrow('not a callable function');
  });

  test('arguments arrive as the library packs them', async () => {
    const seen = await app.evaluate((...args) => args, undefined, () => 1, /x/, new Date(0), { a: undefined });
    expect(seen).toEqual([null, '[Function anonymous]', '[Regexp /x/]', '1970-01-01T00:00:00.000Z', { a: null }]);
  });

  test('a request that waits holds up no other', async () => {
    const slow = app.evaluate(() => new Promise((ok) => setTimeout(() => ok('slow'), 60000)));
    const quick = app.evaluate(() => 'quick');
    expect(await Promise.race([slow, quick])).toBe('quick');
    expect(await slow).toBe('slow');
  });

  test('calls wx methods, synchronous and not', async () => {
    expect((await app.systemInfo()).SDKVersion).toMatch(/^\d+\.\d+\.\d+$/);
    await app.callWxMethod('setStorage', { key: 'k', data: { n: 1 } });
    expect(await app.callWxMethod('getStorageSync', 'k')).toEqual({ n: 1 });
    expect(await app.callWxMethod('getStorage', { key: 'k' })).toMatchObject({ data: { n: 1 }, errMsg: 'getStorage:ok' });
    await expect(app.callWxMethod('getStorage', { key: 'none' })).rejects.toThrow(/^data not found$/);
    await expect(app.callWxMethod('notThere')).rejects.toThrow(/^wx.notThere not exists$/);
    await app.pageScrollTo(100);
    await expect(app.callPluginWxMethod('wxplugin', 'login')).rejects.toThrow('plugin');
  });

  test('mocks with a result, for callbacks, promises and synchronous calls', async () => {
    await app.mockWxMethod('showModal', { confirm: true, cancel: false });
    expect(await app.callWxMethod('showModal', { title: 'x' })).toEqual({ confirm: true, cancel: false });
    expect(await app.evaluate(() => wx.showModal({}))).toEqual({ confirm: true, cancel: false });
    await app.mockWxMethod('getStorageSync', 'mocked');
    expect(await app.evaluate(() => wx.getStorageSync('any'))).toBe('mocked');
    await app.mockWxMethod('getLocation', { errMsg: 'getLocation:fail auth deny' });
    await expect(app.callWxMethod('getLocation', {})).rejects.toThrow(/^auth deny$/);
    expect(await app.evaluate(() => wx.getLocation().catch((e) => e.errMsg))).toBe('getLocation:fail auth deny');
  });

  test('mocks with a function, which may ask the original', async () => {
    await app.evaluate(() => wx.setStorageSync('k', 'stored'));
    await app.mockWxMethod('getStorageSync', function (key, suffix) { return this.origin(key) + suffix }, '!');
    expect(await app.callWxMethod('getStorageSync', 'k')).toBe('stored!');
    await app.mockWxMethod('showActionSheet', (options, extra) => ({ tapIndex: options.itemList.length + extra }), 10);
    expect(await app.callWxMethod('showActionSheet', { itemList: ['a', 'b'] })).toEqual({ tapIndex: 12 });
    await app.mockWxMethod('getStorageSync', (key) => this.origin(key) + '?');
    expect(await app.callWxMethod('getStorageSync', 'k')).toBe('stored?');
  });

  test('a mock is taken back', async () => {
    await app.mockWxMethod('getStorageSync', 1);
    await app.mockWxMethod('getStorageSync', 2);
    await app.restoreWxMethod('getStorageSync');
    expect(await app.callWxMethod('getStorageSync', 'k')).toBe('');
    await app.restoreWxMethod('getStorageSync');
  });

  test.each([
    ['onAppShow', 1, "You can't mock wx.onAppShow"],
    ['notThere', 1, 'wx.notThere not exists'],
    ['login', undefined, 'needs a result or a function'],
  ])('refuses to mock %s with %j', async (method, result, words) => {
    await expect(app.mockWxMethod(method, result)).rejects.toThrow(words);
  });

  test('hears the console once it listens', async () => {
    const heard = [];
    app.on('console', (message) => heard.push(message));
    const page = await app.currentPage();
    await page.callMethod('say', 'hello');
    await app.evaluate(() => console.warn('careful'));
    expect(heard).toEqual([{ type: 'log', args: ['said', { what: 'hello' }, 3] }, { type: 'warn', args: ['careful'] }]);
  });

  test('hears errors of the app', async () => {
    const heard = [];
    app.on('exception', (e) => heard.push(e));
    const page = await app.currentPage();
    await page.callMethod('late');
    await page.waitFor(20);
    expect(heard).toEqual([expect.objectContaining({ message: 'later', stack: expect.stringContaining('a/a.js') })]);
    app.off('exception', heard);
  });

  test('functions of the test are called from the app, before the answer', async () => {
    const heard = [];
    await app.exposeFunction('tellTest', (...args) => heard.push(args));
    await app.evaluate(() => { tellTest('a', { b: 1 }) });
    expect(heard).toEqual([['a', { b: 1 }]]);
    await expect(app.exposeFunction('tellTest', () => {})).rejects.toThrow('already exists');
    await expect(app.exposeFunction('x', 1)).rejects.toThrow('needs a function');
  });

  test('native controls', async () => {
    const asked = app.callWxMethod('showModal', { title: 'Well?' });
    await app.native().confirmModal();
    expect((await asked).confirm).toBe(true);
    const again = app.callWxMethod('showModal', { title: 'Well?' });
    await app.native().cancelModal();
    expect((await again).cancel).toBe(true);
    await expect(app.native().confirmModal()).rejects.toThrow('no modal is open');
    await app.navigateTo('/c/c');
    await app.native().navigateLeft();
    await sleep(0);
    expect((await app.currentPage()).path).toBe('a/a');
    await expect(app.native().navigateLeft()).rejects.toThrow('no page to go back to');
    await app.native().switchTab({ url: '/b/b' });
    expect((await app.currentPage()).path).toBe('b/b');
    await app.native().goHome();
    expect((await app.currentPage()).path).toBe('a/a');
    await expect(app.native().shareConfirm()).rejects.toThrow('device.answer');
  });

  test('permissions are answered when they are asked for', async () => {
    await expect(app.native().authorizeAllow()).rejects.toThrow('no permission was asked for');
    await app.callWxMethod('authorize', { scope: 'scope.record' });
    await app.native().authorizeAllow();
    await expect(app.native().authorizeCancel()).rejects.toThrow('device.ui.onAuthorize');
  });

  test('what is not possible says why', async () => {
    await expect(app.screenshot()).rejects.toThrow('nothing is drawn');
    await expect(app.remote()).rejects.toThrow('not possible');
    await expect(app.stopAudits()).rejects.toThrow('not possible');
    await expect(app.getTicket()).rejects.toThrow('no accounts');
    await expect(app.send('Tool.nonsense')).rejects.toThrow('Tool.nonsense unimplemented');
    await expect(app.send('App.nonsense')).rejects.toThrow('appservice App.nonsense unimplemented');
    expect(await app.testAccounts()).toEqual([]);
    await app.checkVersion();
  });

  test('a closed app hides first, and answers no more', async () => {
    await app.close();
    expect(device.timeline('app.hide', 'exit').map((e) => e.kind)).toEqual(['app.hide', 'exit']);
    await expect(app.currentPage()).rejects.toThrow('Connection closed');
  });

  test('disconnecting leaves the app running', async () => {
    app.disconnect();
    await expect(app.currentPage()).rejects.toThrow('Connection closed');
    expect(device.timeline('exit')).toEqual([]);
  });

  test('an app whose code never returns is killed, and the test hears why', async () => {
    await expect(app.evaluate(() => { for (;;); })).rejects.toThrow('endless loop');
  });
});

describe('a mini game', () => {
  afterEach(() => device.reset());

  test('is driven without pages', async () => {
    const game = await automator.launch({ projectPath: 'fixtures/apps/bounce/1.0.0' });
    expect(await game.pageStack()).toEqual([]);
    expect(await game.currentPage()).toBe(undefined);
    expect(typeof (await game.systemInfo()).model).toBe('string');
  });
});

const sleep = (ms) => new Promise((ok) => setTimeout(ok, ms));
