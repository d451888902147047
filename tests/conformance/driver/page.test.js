// Rests on: Page of the automation library (developers.weixin.qq.com, devtools/auto/page.html).
const files = {
  'app.json': { pages: ['a/a'] },
  'app.js': 'App({})',
  'a/a.js': `Page({
    data: { list: [{ name: 'x', tags: [['deep']] }], 'a.b': 'whole key', a: { b: 'path' } },
    add(a, b) { return a + b },
    async later() { await null; return { ok: true } },
    fail() { throw new TypeError('on purpose') },
    async reject() { throw new Error('in the end') },
    tick() { setTimeout(() => this.setData({ ticked: true }), 5000) },
  })`,
};

describe('Page', () => {
  let app, page;
  beforeAll(async () => {
    app = await automator.launch({ app: { appId: 'wxpage', files } });
    page = await app.currentPage();
  });
  afterAll(() => device.reset());

  test('data, whole and by path', async () => {
    expect(await page.data()).toMatchObject({ a: { b: 'path' } });
    expect(await page.data('list[0].tags[0][0]')).toBe('deep');
    expect(await page.data('a.b')).toBe('whole key');
    expect(await page.data('not.there')).toBe(undefined);
  });

  test('setData, with paths', async () => {
    await page.setData({ 'list[0].name': 'y', more: null });
    expect(await page.data('list[0].name')).toBe('y');
    expect(await page.data('more')).toBe(null);
    await expect(page.setData('x')).rejects.toThrow('setData needs an object');
  });

  test('callMethod gives what the method returns', async () => {
    expect(await page.callMethod('add', 1, 2)).toBe(3);
    expect(await page.callMethod('later')).toEqual({ ok: true });
    await expect(page.callMethod('nothing')).rejects.toThrow(/^page.nothing not exists$/);
    await expect(page.callMethod('fail')).rejects.toThrow('on purpose');
    await expect(page.callMethod('reject')).rejects.toThrow('in the end');
  });

  test('waitFor a time or a condition passes virtual time', async () => {
    const from = device.clock.now();
    await page.waitFor(90000);
    expect(device.clock.now() - from).toBe(90000);
    await page.callMethod('tick');
    await page.waitFor(async () => (await page.data('ticked')) === true);
    expect(await page.data('ticked')).toBe(true);
    await expect(page.waitFor(null)).rejects.toThrow('waitFor takes');
  });

  test('size and scrollTop are those of the window', async () => {
    const { windowWidth: width, windowHeight: height } = await app.callWxMethod('getWindowInfo');
    expect(await page.size()).toEqual({ width, height });
    expect(await page.scrollTop()).toBe(0);
  });

  test('one page is one object', async () => {
    expect(await app.currentPage()).toBe(page);
    expect(page.path).toBe('a/a');
    expect(page.query).toEqual({});
  });
});
