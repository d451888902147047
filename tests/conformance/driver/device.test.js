// Rests on: no platform; the words of `device` about the apps that a test launches.
const files = {
  'app.json': { pages: ['a/a'] },
  'app.js': `App({
    globalData: { seen: [] },
    onLaunch(o) { this.globalData.seen.push('launch ' + o.scene) },
    onShow(o) { this.globalData.seen.push('show ' + o.scene) },
    onHide() { this.globalData.seen.push('hide') },
  })`,
  'a/a.js': 'Page({})',
};
const app = { appId: 'wxdevice', files };
const seen = (mp) => mp.evaluate(() => getApp().globalData.seen);
const get = (mp, url) => mp.evaluate((u) => new Promise((ok) => wx.request({ url: u, success: (r) => ok(r.statusCode), fail: (e) => ok(e.errMsg) })), url);

afterEach(() => device.reset());

describe('device.clock', () => {
  test('moves by spans, for the test and its apps alike', async () => {
    const mp = await device.launch({ app });
    const from = device.clock.now();
    await mp.evaluate(() => { setTimeout(() => getApp().globalData.seen.push('timer'), 3600000) });
    await device.clock.advance('59m');
    expect(await seen(mp)).not.toContain('timer');
    await device.clock.advance('1m');
    expect(await seen(mp)).toContain('timer');
    expect(device.clock.now() - from).toBe(3600000);
    expect(await mp.evaluate(() => Date.now())).toBe(device.clock.now());
    expect(Date.now()).toBe(device.clock.now());
  });

  test('moving it is no time that the test takes', async () => {
    await device.clock.advance('30d');
    await new Promise((ok) => setTimeout(ok, 1000));
  }, 5000);

  test.each([['soon'], [-1], [null], ['10']])('refuses %j', async (span) => {
    await expect(device.clock.advance(span)).rejects.toThrow('no span of time');
  });
});

describe('device.background and foreground', () => {
  test('hide and show the app', async () => {
    const mp = await device.launch({ app });
    await device.background();
    await device.foreground(mp, { scene: 1089 });
    expect(await seen(mp)).toEqual(['launch 1001', 'show 1001', 'hide', 'show 1089']);
  });

  test('half an hour away destroys it, and the return is a cold start', async () => {
    const mp = await device.launch({ app });
    await mp.background();
    await device.clock.advance('31m');
    await expect(seen(mp)).rejects.toThrow('destroyed in the background');
    await mp.foreground();
    expect(await seen(mp)).toEqual(['launch 1001', 'show 1001']);
    expect(device.timeline('boot')).toHaveLength(2);
  });

  test('without an app they say so', async () => {
    await expect(device.background()).rejects.toThrow('not running');
    await expect(device.foreground()).rejects.toThrow('not running');
  });
});

describe('device.kill and restart', () => {
  test('nothing of a killed app is told, and what was stored is there', async () => {
    const mp = await device.launch({ app });
    await mp.evaluate(() => wx.setStorageSync('k', 1));
    await device.clock.advance('1s');
    await device.kill();
    expect(device.timeline('app.hide', 'exit')).toEqual([]);
    await expect(mp.currentPage()).rejects.toThrow('not running');
    const again = await device.launch({ app });
    expect(await seen(again)).toEqual(['launch 1001', 'show 1001']);
  });

  test('what waits for a killed app fails', async () => {
    const mp = await device.launch({ app });
    const waits = mp.evaluate(() => new Promise(() => {}));
    const failed = expect(waits).rejects.toThrow('killed');
    await device.kill();
    await failed;
  });

  test('a device that is switched off and on keeps what was stored', async () => {
    const mp = await device.launch({ app });
    await mp.evaluate(() => wx.setStorageSync('k', 'kept'));
    await device.restart();
    const again = await device.launch({ app });
    expect(await again.callWxMethod('getStorageSync', 'k')).toBe('kept');
  });

  test('a device that was reset has no past', async () => {
    const mp = await device.launch({ app });
    await mp.evaluate(() => wx.setStorageSync('k', 'kept'));
    await device.reset();
    expect(device.timeline()).toEqual([]);
    expect(await (await device.launch({ app })).callWxMethod('getStorageSync', 'k')).toBe('');
  });
});

describe('device.network', () => {
  const url = () => testServer.url + '/status/200';

  test('is the same for the test and its apps', async () => {
    const mp = await device.launch({ app });
    device.network.offline();
    expect(await mp.callWxMethod('getNetworkType')).toMatchObject({ networkType: 'none' });
    expect(await get(mp, url())).toMatch(/^request:fail/);
    device.network.online();
    expect(await mp.callWxMethod('getNetworkType')).toMatchObject({ networkType: 'wifi' });
    expect(await get(mp, url())).toBe(200);
  });

  test('an app that starts offline is offline', async () => {
    device.network.offline();
    expect(await (await device.launch({ app })).callWxMethod('getNetworkType')).toMatchObject({ networkType: 'none' });
  });

  test('fails the requests that are named, so many times, with what is said', async () => {
    const mp = await device.launch({ app });
    device.network.fail({ path: '/status/200', times: 2 });
    device.network.fail({ path: '/status/200', status: 503 });
    expect(await get(mp, url())).toMatch(/^request:fail/);
    expect(await get(mp, url())).toMatch(/^request:fail/);
    expect(await get(mp, url())).toBe(503);
    expect(await get(mp, url())).toBe(200);
    device.network.fail({ path: '/status/', times: 'always', fault: 'stall' });
    expect(await get(mp, url())).toBe('request:fail timeout');
    device.network.heal();
    expect(await get(mp, url())).toBe(200);
  });

  test('the requests of the test itself meet the same faults', async () => {
    device.network.fail({ path: '/status/200', status: 418 });
    const answer = await new Promise((success, fail) => wx.request({ url: url(), success, fail }));
    expect(answer.statusCode).toBe(418);
  });

  test('slow takes time', async () => {
    const mp = await device.launch({ app });
    device.network.slow({ latency: '3s' });
    const from = device.clock.now();
    expect(await get(mp, url())).toBe(200);
    expect(device.clock.now() - from).toBeGreaterThanOrEqual(3000);
  });

  test.each([
    [{}, 'needs path'],
    [{ path: 'x', update: 'check' }, 'needs path'],
    [{ path: 'x', times: 0 }, 'times is a number from 1'],
    [{ path: 'x', fault: 'gremlins' }, 'no such fault'],
    [{ path: 'x', status: 99 }, 'status is a number'],
    [{ where: 'x' }, 'has no where'],
  ])('fail refuses %j', (words, message) => {
    expect(() => device.network.fail(words)).toThrow(message);
  });

  test('slow refuses what it does not know', () => {
    expect(() => device.network.slow({ speed: 1 })).toThrow('has no speed');
    expect(() => device.network.slow({ latency: 'soon' })).toThrow();
  });
});

describe('device.ui', () => {
  const modal = (mp, o) => mp.callWxMethod('showModal', { title: 'Well?', ...o });

  test('a habit answers every modal', async () => {
    const mp = await device.launch({ app });
    device.ui.onModal('cancel');
    expect((await modal(mp)).cancel).toBe(true);
    expect((await modal(mp, { showCancel: false })).confirm).toBe(true);
    device.ui.onModal('confirm');
    expect((await modal(mp)).confirm).toBe(true);
  });

  test('a function sees the modal and may take its time', async () => {
    const mp = await device.launch({ app });
    const from = device.clock.now();
    device.ui.onModal(async ({ title }, whose) => {
      expect(whose).toBe(mp);
      await new Promise((ok) => setTimeout(ok, 1500));
      return title === 'Well?' ? { text: 'typed' } : 'cancel';
    });
    expect(await modal(mp, { editable: true })).toMatchObject({ confirm: true, content: 'typed' });
    expect(device.clock.now() - from).toBe(1500);
    expect((await modal(mp, { title: 'Other' })).cancel).toBe(true);
  });

  test('a function that says nothing leaves it open', async () => {
    const mp = await device.launch({ app });
    device.ui.onModal(() => {});
    const asked = modal(mp);
    await device.clock.advance('1h');
    expect(device.timeline('modal.answer')).toEqual([]);
    await mp.native().confirmModal();
    expect((await asked).confirm).toBe(true);
  });

  test('action sheets are picked by index, by text, or cancelled', async () => {
    const mp = await device.launch({ app });
    const sheet = () => mp.callWxMethod('showActionSheet', { itemList: ['a', 'b', 'c'] });
    device.ui.onActionSheet(1);
    expect((await sheet()).tapIndex).toBe(1);
    device.ui.onActionSheet(({ itemList }) => ({ text: itemList[2] }));
    expect((await sheet()).tapIndex).toBe(2);
    device.ui.onActionSheet('cancel');
    await expect(sheet()).rejects.toThrow('cancel');
  });

  test('an answer that was laid ready comes first, whichever app asks', async () => {
    const mp = await device.launch({ app });
    device.ui.answer('cancel');
    expect((await modal(mp)).cancel).toBe(true);
    const open = modal(mp);
    await new Promise((ok) => setTimeout(ok, 10));
    device.ui.answer('confirm');
    expect((await open).confirm).toBe(true);
  });

  test('the person answers other questions for every app', async () => {
    const mp = await device.launch({ app });
    device.answer('scanCode', 'https://example.com/1');
    expect((await mp.callWxMethod('scanCode')).result).toBe('https://example.com/1');
    device.ui.onAuthorize({ record: 'deny' });
    await expect(mp.callWxMethod('authorize', { scope: 'scope.record' })).rejects.toThrow('auth deny');
    expect(() => device.ui.onAuthorize(() => 'allow')).toThrow('not a function');
    expect(() => device.ui.onAuthorize({ telepathy: 'deny' })).toThrow('no scope telepathy');
    expect(() => device.ui.onModal('maybe')).toThrow('no such answer');
  });

  test('what the device becomes is told to apps that run, and known to those that start', async () => {
    const mp = await device.launch({ app });
    await mp.exposeFunction('heard', (r) => levels.push(r.level));
    const levels = [];
    await mp.evaluate(() => wx.onMemoryWarning((r) => heard(r)));
    device.set({ model: 'other phone', memoryWarning: 10 });
    expect((await mp.callWxMethod('getDeviceInfo')).model).toBe('other phone');
    expect(levels).toEqual([10]);
    const second = await device.launch({ app, user: 'ann' });
    expect((await second.callWxMethod('getDeviceInfo')).model).toBe('other phone');
    expect(wx.getDeviceInfo().model).toBe('other phone');
    device.set({ model: 'minirun phone' });
  });
});

describe('device.timeline and until', () => {
  test('filters by kind, beginning, property, pattern and function', async () => {
    const one = await device.launch({ app });
    await device.launch({ app, user: 'ann' });
    expect(device.timeline('boot')).toHaveLength(2);
    expect(device.timeline('boot', { user: 'ann' })).toEqual([expect.objectContaining({ launch: 2, user: 'ann', appId: 'wxdevice', time: device.clock.now(), at: 0 })]);
    expect(device.timeline('page.', { launch: one.launchInfo.app }).map((e) => e.kind)).toEqual(['page.load', 'page.show', 'page.ready']);
    expect(device.timeline(/^app\.l/)).toHaveLength(2);
    expect(device.timeline((e) => e.kind === 'app.show' && e.launch === 1)).toHaveLength(1);
    expect(device.timeline('no.such.kind')).toEqual([]);
  });

  test('until gives each entry once, and says what has not come', async () => {
    const mp = await device.launch({ app });
    mp.evaluate(() => { setTimeout(() => console.log('one'), 2000); setTimeout(() => console.log('two'), 4000) });
    expect((await device.until('console')).text).toBe('one');
    expect((await device.until('console')).text).toBe('two');
    await expect(device.until('console', {}, { timeout: 1000 })).rejects.toThrow('nothing like console {} has happened within 1000 ms');
  });
});

describe('device.release', () => {
  let made = 0;
  const release = (version, o) => device.release.publish(app, { version, appId: 'wxrel' + ++made, ...o });

  test('publish says what it has published', async () => {
    const made = await release('1.0.0');
    expect(made).toMatchObject({ version: '1.0.0', id: 1, rollout: 100, bytes: expect.any(Number) });
    const mp = await device.launch(made);
    expect(device.timeline('boot')).toEqual([expect.objectContaining({ version: '1.0.0', release: '1', envVersion: 'release' })]);
    expect((await mp.callWxMethod('getAccountInfoSync')).miniProgram).toMatchObject({ version: '1.0.0', envVersion: 'release' });
  });

  test('settings and mode decide how updates come', async () => {
    const made = await release('1.0.0', { mode: 'sync' });
    await device.launch(made).then((mp) => mp.close());
    await device.release.publish({ ...app, files: { ...files, 'more.js': '' } }, { version: '1.0.1', appId: made.appId });
    await device.launch(made);
    expect(device.timeline('boot').pop().version).toBe('1.0.1');
    await device.release.mode('async', { release: 2 });
    await device.release.settings({ longUnused: '5d', minVersion: '1.0.1' }, { release: 2 });
  });

  test('a gray release is withdrawn', async () => {
    const made = await release('1.0.0');
    await device.release.publish({ ...app, files: { ...files, 'more.js': '' } }, { version: '1.0.1', appId: made.appId, rollout: 50 });
    await device.release.revoke();
    const mp = await device.launch(made);
    expect((await mp.callWxMethod('getAccountInfoSync')).miniProgram.version).toBe('1.0.0');
  });

  test.each([
    [{}, 'needs a version'],
    [{ version: 'one' }, 'version "one"'],
    [{ version: '1.0.0', colour: 1 }, 'publish has no colour'],
    [{ version: '1.0.0', mode: 'whenever' }, 'unknown variant'],
    [{ version: '1.0.0', minVersion: '2.0.0' }, 'minimum version'],
    [{ version: '1.0.0', longUnused: 'ages' }, 'no span of time'],
    [{ version: '1.0.0', broken: 'utterly' }, 'unknown variant'],
    [{ version: '1.0.0', rollout: 20 }, '85079'],
  ])('publish refuses %j', async (words, message) => {
    await expect(device.release.publish(app, { appId: 'wxrefused', ...words })).rejects.toThrow(message);
  });

  test('decisions refuse what cannot be', async () => {
    await expect(device.release.revoke({ appId: 'wxunknown' })).rejects.toThrow('no releases');
    await release('1.0.0');
    await expect(device.release.rollout(101)).rejects.toThrow();
    await expect(device.release.settings({ colour: 1 })).rejects.toThrow('settings has no colour');
    await expect(device.release.rollback()).rejects.toThrow();
  });
});
