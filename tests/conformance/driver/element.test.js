// Rests on: Element of the automation library (developers.weixin.qq.com, devtools/auto/element.html).
const files = {
  'app.json': { pages: ['a/a'] },
  'app.js': 'App({})',
  'a/a.json': { usingComponents: { 'my-counter': '/parts/counter' } },
  'a/a.wxml': `
    <view id="top" class="box {{on ? 'on' : ''}}" data-item-id="7" style="color: red; font-size: 12px" bindtap="tapped" bindlongpress="held">
      <text class="title">Hello   {{name}}</text><text class="lines">one\\ntwo</text>
      <view class="row" wx:for="{{rows}}" wx:key="id">{{item.id}}: {{item.text}}</view>
    </view>
    <view catchtap="outer"><button class="inner" bindtap="inner" disabled>go</button></view>
    <my-counter class="first" start="{{3}}" bindcounted="counted"></my-counter>
    <my-counter class="second" start="{{5}}"></my-counter>
    <input class="name" value="{{name}}" bindinput="typed" placeholder="name"/>
    <textarea class="more" model:value="{{more}}"/>
    <switch class="on" checked="{{on}}" bindchange="switched"/>
    <slider class="volume" value="{{10}}" bindchange="slid"/>
    <swiper class="pages" bindchange="swiped"><swiper-item>1</swiper-item><swiper-item>2</swiper-item></swiper>
    <scroll-view class="long" bindscroll="scrolled"><view>x</view></scroll-view>
    <movable-area><movable-view class="piece" bindchange="moved"/></movable-area>
    <video id="clip" src="a.mp4"/>
    <view wx:if="{{later}}" class="later">there</view>`,
  'a/a.js': `Page({
    data: { name: 'Ann', on: false, rows: [{ id: 1, text: 'one' }, { id: 2, text: 'two' }], more: '', log: [] },
    log(what) { this.setData({ log: this.data.log.concat([what]) }) },
    tapped(e) { this.log('tap ' + e.currentTarget.dataset.itemId + ' ' + e.target.id + ' ' + e.type) },
    held(e) { this.log('longpress ' + e.detail.x) },
    outer() { this.log('outer') },
    inner() { this.log('inner') },
    counted(e) { this.log('counted ' + e.detail.n) },
    typed(e) { this.log('typed ' + e.detail.value + ' ' + e.detail.cursor) },
    switched(e) { this.log('switched ' + e.detail.value) },
    slid(e) { this.log('slid ' + e.detail.value) },
    swiped(e) { this.log('swiped ' + e.detail.current + ' ' + e.detail.source) },
    scrolled(e) { this.log('scrolled ' + e.detail.scrollTop) },
    moved(e) { this.log('moved ' + e.detail.x + ',' + e.detail.y) },
    showLater() { setTimeout(() => this.setData({ later: true }), 3000) },
  })`,
  'parts/counter.json': { component: true },
  'parts/counter.wxml': '<view class="count box" bindtap="up">{{n}}</view><label>label</label>',
  'parts/counter.js': `Component({
    properties: { start: Number },
    data: { n: 0 },
    lifetimes: { attached() { this.setData({ n: this.data.start }) } },
    methods: {
      up() { this.setData({ n: this.data.n + 1 }); this.triggerEvent('counted', { n: this.data.n }) },
      async add(k) { this.setData({ n: this.data.n + k }); return this.data.n },
      fail() { throw new Error('on purpose') },
    },
  })`,
};

describe('Element', () => {
  let app, page;
  const log = async () => (await page.data('log')).splice(0);
  beforeEach(async () => {
    app = await automator.launch({ app: { appId: 'wxelements', files } });
    page = await app.currentPage();
  });
  afterEach(() => device.reset());

  test('is found by tag, class, id, attribute, and in lists and below others', async () => {
    expect((await page.$('#top')).tagName).toBe('view');
    expect(await page.$$('.row')).toHaveLength(2);
    expect(await page.$$('#top > .row')).toHaveLength(2);
    expect(await page.$$('view .row')).toHaveLength(2);
    expect(await page.$('input[placeholder=name]')).not.toBeNull();
    expect((await page.$$('.title, .inner')).map((e) => e.tagName)).toEqual(['text', 'button']);
    expect(await page.$('.none')).toBeNull();
    expect(await page.$$('.none')).toEqual([]);
    expect(await (await page.$('#top')).$$('.row')).toHaveLength(2);
  });

  test('the same node is the same element', async () => {
    expect(await page.$('.title')).toBe(await page.$('#top text'));
  });

  test('classes are those of the page, tags are found in components too', async () => {
    expect(await page.$$('.box')).toHaveLength(1);
    expect(await page.$$('.count')).toEqual([]);
    expect(await page.$$('label')).toHaveLength(2);
    expect(await page.$$('.first >>> .count')).toHaveLength(1);
    expect(await (await page.$('.first')).$$('.count')).toHaveLength(1);
  });

  test('refuses selectors that are none', async () => {
    await expect(page.$('..')).rejects.toThrow('selector');
    await expect(page.$$('')).rejects.toThrow('selector');
    await expect(page.getElementByXpath('//view')).rejects.toThrow('XPath');
  });

  test('text, attributes, properties, dataset and style', async () => {
    const top = await page.$('#top');
    expect(await (await page.$('.title')).text()).toBe('Hello Ann');
    expect(await (await page.$('.row')).text()).toBe('1: one');
    expect(await (await page.$('.lines')).text()).toBe('one\ntwo');
    expect(await top.attribute('class')).toMatch(/^box ?$/);
    expect(await top.attribute('data-item-id')).toBe('7');
    expect(await top.attribute('none')).toBeNull();
    expect(await top.property('dataset')).toEqual({ itemId: '7' });
    expect(await top.style('color')).toBe('red');
    expect(await top.style('fontSize')).toBe('12px');
    expect(await top.style('margin')).toBe('');
    expect(await (await page.$('input')).value()).toBe('Ann');
    expect(await (await page.$('button')).property('disabled')).toBeTruthy();
    expect(await (await page.$('.first')).property('start')).toBe(3);
    await expect((await page.$('.first')).property('nothing')).rejects.toThrow('my-counter.nothing not exists');
    expect([await top.size(), await top.offset()]).toEqual([{ width: 0, height: 0 }, { left: 0, top: 0 }]);
  });

  test('markup, with and without the element itself', async () => {
    const title = await page.$('.title');
    expect(await title.wxml()).toContain('Hello');
    expect(await title.outerWxml()).toMatch(/^<text class="title">.*<\/text>$/);
  });

  test('a tap goes up, as far as nobody catches it', async () => {
    await (await page.$('.title')).tap();
    expect(await log()).toEqual(['tap 7  tap']);
    await (await page.$('#top')).tap();
    expect((await log()).slice(-1)).toEqual(['tap 7 top tap']);
    await (await page.$('.inner')).trigger('tap');
    expect((await log()).slice(-1)).toEqual(['inner']);
  });

  test('a long press is no tap', async () => {
    await (await page.$('#top')).longpress();
    expect(await log()).toEqual(['longpress 0']);
  });

  test('fingers: a short touch is a tap, one that moves is none', async () => {
    const top = await page.$('#top');
    const at = (x) => ({ touches: [{ identifier: 0, pageX: x, pageY: 0 }], changedTouches: [{ identifier: 0, pageX: x, pageY: 0 }] });
    await top.touchstart(at(5));
    await top.touchend(at(5));
    expect(await log()).toEqual(['tap 7 top tap']);
    await top.touchstart(at(5));
    await top.touchmove(at(50));
    await page.waitFor(1000);
    await top.touchend(at(50));
    await top.touchstart(at(5));
    await top.touchcancel();
    expect(await log()).toHaveLength(1);
  });

  test('events of the test itself', async () => {
    const first = await page.$('.first');
    await first.trigger('counted', { n: 'triggered' });
    expect((await log()).slice(-1)).toEqual(['counted triggered']);
    await (await page.$('.title')).dispatchEvent('tap');
    expect((await log()).slice(-1)).toEqual(['tap 7  tap']);
    await expect(first.trigger('')).rejects.toThrow('type is not provided');
    await expect(first.dispatchEvent('')).rejects.toThrow('eventName is not provided');
  });

  test('controls take what a person does to them', async () => {
    await (await page.$('.name')).input('Bob');
    await (await page.$('.more')).input('two\nlines');
    await (await page.$('switch')).tap();
    await (await page.$('slider')).slideTo(40);
    await (await page.$('swiper')).swipeTo(1);
    await (await page.$('scroll-view')).scrollTo(0, 120);
    await (await page.$('movable-view')).moveTo(5, 6);
    expect(await log()).toEqual(['typed Bob 3', 'switched true', 'slid 40', 'swiped 1 touch', 'scrolled 120', 'moved 5,6']);
    expect(await page.data('more')).toBe('two\nlines');
    expect(await (await page.$('.name')).value()).toBe('Bob');
    expect(await (await page.$('scroll-view')).property('scrollTop')).toBe(120);
    await expect((await page.$('slider')).slideTo('far')).rejects.toThrow('slideTo needs a number');
    await expect((await page.$('swiper')).swipeTo(9)).rejects.toThrow('2 items');
    await expect((await page.$('.title')).callFunction('input.input', 'x')).rejects.toThrow('input.input not exists');
  });

  test('components: data, setData, methods, and taps inside', async () => {
    const first = await page.$('.first');
    expect(await first.data()).toMatchObject({ start: 3, n: 3 });
    expect(await first.data('n')).toBe(3);
    await first.setData({ n: 10 });
    expect(await (await first.$('.count')).text()).toBe('10');
    expect(await first.callMethod('add', 2)).toBe(12);
    await (await first.$('.count')).tap();
    expect(await log()).toEqual(['counted 13']);
    expect(await (await page.$('.second')).data('n')).toBe(5);
    await expect(first.callMethod('nothing')).rejects.toThrow('component.nothing not exists');
    await expect(first.callMethod('fail')).rejects.toThrow('on purpose');
    expect((await page.$('.title')).data).toBe(undefined);
  });

  test('a video has its context', async () => {
    const clip = await page.$('video');
    await clip.callContextMethod('play');
    expect(device.timeline('media.command').length).toBeGreaterThan(0);
    await expect(clip.callContextMethod('nothing')).rejects.toThrow('VideoContext.nothing not exists');
  });

  test('waitFor a selector, and elements that have gone', async () => {
    await page.callMethod('showLater');
    await page.waitFor('.later');
    const later = await page.$('.later');
    expect(await later.text()).toBe('there');
    await page.setData({ later: false });
    await expect(later.text()).rejects.toThrow(/^element destroyed$/);
    await app.reLaunch('/a/a');
    await expect(later.text()).rejects.toThrow(/^page destroyed$/);
  });
});
