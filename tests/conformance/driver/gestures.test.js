// Rests on: Element and MiniProgram of the automation library (developers.weixin.qq.com, devtools/auto), and launchApp of button.
const files = {
  'app.json': { pages: ['a/a', 'b/b'], tabBar: { custom: true, list: [{ pagePath: 'a/a', text: 'A' }, { pagePath: 'b/b', text: 'B' }] } },
  'app.js': 'App({})',
  'a/a.wxml': `
    <swiper class="pages" bindchange="told"><swiper-item><text class="in">1</text></swiper-item><swiper-item>2</swiper-item></swiper>
    <slider class="volume" style="width: 100px" bindchange="told"/>
    <button class="off" disabled bindtap="told">off</button>
    <button class="open" open-type="launchApp" app-parameter="x" bindlaunchapp="told" binderror="told">open</button>`,
  'a/a.js': `Page({
    data: { log: [] },
    told(e) { this.setData({ log: this.data.log.concat([e.type + ' ' + JSON.stringify(e.detail)]) }) },
  })`,
  'b/b.wxml': '<view>b</view>',
  'b/b.js': 'Page({})',
  'custom-tab-bar/index.json': { component: true },
  'custom-tab-bar/index.wxml': '<view wx:for="{{tabs}}" wx:key="*this" class="tab" data-url="{{item}}" bindtap="go">{{item}}</view>',
  'custom-tab-bar/index.js': `Component({
    data: { tabs: ['/a/a', '/b/b'] },
    methods: { go(e) { wx.switchTab({ url: e.currentTarget.dataset.url }) } },
  })`,
};

describe('what a driver does with fingers', () => {
  let app, page;
  const launch = async (options) => {
    app = await automator.launch({ app: { appId: 'wxgestures', files }, ...options });
    page = await app.currentPage();
  };
  const log = async () => (await page.data('log')).splice(0);
  const at = (pageX) => ({ touches: [{ identifier: 0, pageX, pageY: 0 }], changedTouches: [{ identifier: 0, pageX, pageY: 0 }] });
  afterEach(() => device.reset());

  test('a stroke turns a swiper, a finger moves a slider, a disabled button hears no tap', async () => {
    await launch();
    const inner = await page.$('.in'), slider = await page.$('.volume'), off = await page.$('.off');
    await inner.touchstart(at(300));
    await inner.touchmove(at(100));
    await inner.touchend(at(100));
    await slider.touchstart(at(0));
    await slider.touchmove(at(30));
    await slider.touchend(at(30));
    await off.touchstart(at(0));
    await off.touchend(at(0));
    expect(await log()).toEqual(['change {"current":1,"currentItemId":"","source":"touch"}', 'change {"value":30}']);
  });

  test('the app\'s own tab bar is found, tapped, and switches', async () => {
    await launch();
    const bar = await page.$('custom-tab-bar');
    expect(await bar.data('tabs')).toEqual(['/a/a', '/b/b']);
    expect(await page.$('.tab')).toBeNull();
    expect(await page.$$('custom-tab-bar >>> .tab')).toHaveLength(2);
    await (await bar.$$('.tab'))[1].tap();
    await page.waitFor(100);
    expect((await app.currentPage()).path).toBe('b/b');
  });

  test('an app opens another only where it was itself opened by one', async () => {
    await launch();
    await (await page.$('.open')).tap();
    await page.waitFor(10);
    expect(await log()).toEqual(['error {"errMsg":"invalid scene"}']);
    await app.close();
    await launch({ scene: 1069 });
    await (await page.$('.open')).tap();
    await page.waitFor(10);
    expect(await log()).toEqual(['launchapp {"errMsg":"launchApp:ok"}']);
    expect(device.timeline('person.asked').slice(-1)[0]).toMatchObject({ api: 'launchApp', for: 'x' });
    device.answer('launchApp', 'fail: no such app');
    await (await page.$('.open')).tap();
    await page.waitFor(10);
    expect((await log()).slice(-1)).toEqual(['error {"errMsg":"no such app"}']);
  });
});
