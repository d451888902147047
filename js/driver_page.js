// Pages and elements of a driven app, as the platform's automation library has them.
(function (M) {
  'use strict';
  const sleep = M.driverSleep;

  class Element {
    #call; #page;
    constructor(call, page, { elementId, tagName, nodeId, videoId }) {
      const ids = { pageId: page.id, elementId, ...(nodeId && { nodeId }) };
      this.id = elementId;
      this.tagName = tagName;
      this.nodeId = nodeId;
      this.videoId = videoId;
      this.#page = page;
      this.#call = (method, params) => call(method, { ...ids, ...params });
    }
    send(method, params) { return this.#call(method, params) }
    async $(selector) { return found(this.#page, () => this.#call('Element.getElement', { selector })) }
    async $$(selector) { return (await this.#call('Element.getElements', { selector })).elements.map((e) => this.#page.element(e)) }

    async #dom(...names) { return (await this.#call('Element.getDOMProperties', { names })).properties }
    async size() { const [width, height] = await this.#dom('offsetWidth', 'offsetHeight'); return { width, height } }
    async text() { return (await this.#dom('innerText'))[0] }
    offset() { return this.#call('Element.getOffset') }
    async attribute(name) { return (await this.#call('Element.getAttributes', { names: [name] })).attributes[0] }
    async style(name) { return (await this.#call('Element.getStyles', { names: [name] })).styles[0] }
    async property(name) {
      const [names] = (await this.#call('Element.getProperties', { names: ['__propPublic'] })).properties;
      if (!names || !names[name]) throw new Error(this.tagName + '.' + name + ' not exists');
      return (await this.#call('Element.getProperties', { names: [name] })).properties[0];
    }
    value() { return this.property('value') }
    async wxml() { return (await this.#call('Element.getWXML', { type: 'inner' })).wxml }
    async outerWxml() { return (await this.#call('Element.getWXML', { type: 'outer' })).wxml }

    async tap() { await this.#call('Element.tap') }
    async longpress() {
      await this.touchstart();
      await sleep(350);
      await this.touchend();
    }
    async touchstart(o) { await this.#call('Element.touchstart', o) }
    async touchmove(o) { await this.#call('Element.touchmove', o) }
    async touchend(o) { await this.#call('Element.touchend', o) }
    async touchcancel(o) { await this.#call('Element.touchcancel', o) }
    async trigger(type, detail) { await this.#call('Element.triggerEvent', { type, ...(detail !== undefined && { detail }) }) }
    async dispatchEvent(eventName, eventData = {}) { await this.#call('Element.dispatchEvent', { eventName, eventData }) }
    async callFunction(functionName, ...args) { return (await this.#call('Element.callFunction', { functionName, args })).result }
  }

  class Custom extends Element {
    async data(path) { return (await this.send('Element.getData', path === undefined ? {} : { path })).data }
    async setData(data) { await this.send('Element.setData', { data }) }
    async callMethod(method, ...args) { return (await this.send('Element.callMethod', { method, args })).result }
  }
  class Input extends Element { input(value) { return this.callFunction('input.input', String(value)) } }
  class Textarea extends Element { input(value) { return this.callFunction('textarea.input', String(value)) } }
  class ScrollView extends Element {
    scrollTo(x, y) { return this.callFunction('scroll-view.scrollTo', x, y) }
    async property(name) {
      return ['scrollTop', 'scrollLeft'].includes(name) ? this.callFunction('scroll-view.' + name) : super.property(name);
    }
    scrollWidth() { return this.callFunction('scroll-view.scrollWidth') }
    scrollHeight() { return this.callFunction('scroll-view.scrollHeight') }
  }
  class Swiper extends Element { swipeTo(index) { return this.callFunction('swiper.swipeTo', index) } }
  class Movable extends Element { moveTo(x, y) { return this.callFunction('movable-view.moveTo', x, y) } }
  class Switch extends Element { async tap() { await this.callFunction('switch.tap') } }
  class Slider extends Element { slideTo(value) { return this.callFunction('slider.slideTo', value) } }
  class Video extends Element {
    async callContextMethod(method, ...args) { return (await this.send('Element.callContextMethod', { method, args, videoId: this.videoId })).result }
  }
  const kinds = {
    input: Input, textarea: Textarea, 'scroll-view': ScrollView, swiper: Swiper, 'movable-view': Movable, switch: Switch, slider: Slider, video: Video,
  };

  // Nothing that fits is null; any other failure is told.
  const found = async (page, find) => {
    try {
      return page.element(await find());
    } catch (e) {
      if (e.message === 'no such element') return null;
      throw e;
    }
  };

  M.DriverPage = class Page {
    #call; #elements = new Map(); #waitFor;
    constructor(call, { id, path, query }, waitFor) {
      this.id = id;
      this.path = path;
      this.query = query;
      this.#waitFor = waitFor;
      this.#call = (method, params) => call(method, { ...params, pageId: id });
    }
    element(e) {
      if (!this.#elements.has(e.elementId)) {
        const Kind = e.nodeId ? Custom : kinds[e.tagName] || Element;
        this.#elements.set(e.elementId, new Kind(this.#call, this, e));
      }
      return this.#elements.get(e.elementId);
    }
    async $(selector) { return found(this, () => this.#call('Page.getElement', { selector })) }
    async $$(selector) { return (await this.#call('Page.getElements', { selector })).elements.map((e) => this.element(e)) }
    async getElementByXpath(selector) { return found(this, () => this.#call('Page.getElementByXpath', { selector })) }
    async getElementsByXpath(selector) { return (await this.#call('Page.getElementsByXpath', { selector })).elements.map((e) => this.element(e)) }
    waitFor(condition) { return this.#waitFor(condition, (selector) => this.$$(selector)) }
    async data(path) { return (await this.#call('Page.getData', path === undefined ? {} : { path })).data }
    async setData(data) {
      if (data === null || typeof data !== 'object') throw new TypeError('setData needs an object, not ' + (data === null ? 'null' : typeof data));
      await this.#call('Page.setData', { data });
    }
    async callMethod(method, ...args) { return (await this.#call('Page.callMethod', { method, args })).result }
    async #window(...names) { return (await this.#call('Page.getWindowProperties', { names })).properties }
    async size() { const [width, height] = await this.#window('document.documentElement.scrollWidth', 'document.documentElement.scrollHeight'); return { width, height } }
    async scrollTop() { return (await this.#window('document.documentElement.scrollTop'))[0] }
  };
  Object.defineProperty(M.DriverPage.prototype, 'xpath', { value: M.DriverPage.prototype.getElementByXpath });
})
