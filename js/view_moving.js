// Components that a person moves: swiper, scroll-view, picker-view, movable-view.
(function (M) {
  'use strict';
  M.lazy('view_control');
  M.lazy('view_drag');
  const { view } = M, { control } = view, { Element } = view.easel;
  const { attribute, flag, number, state, tell, change, now, forget, around, below, later } = control;

  const items = (swiper) => {
    const found = [];
    below(swiper, (node) => { if (node.is === 'swiper-item') found.push(node) });
    return found;
  };
  const current = (swiper) => {
    const id = attribute(swiper, 'current-item-id');
    const named = id && !('current' in state(swiper)) ? items(swiper).findIndex((item) => attribute(item, 'item-id') === id) : -1;
    return named >= 0 ? named : Number(now(swiper, 'current')) || 0;
  };
  const tellCurrent = (swiper, source) => {
    const at = current(swiper), item = items(swiper)[at];
    const detail = { current: at, currentItemId: (item && attribute(item, 'item-id')) || '', source };
    tell(swiper, 'change', detail);
    M.setTimeout(() => { if (Element.isAttached(swiper)) tell(swiper, 'animationfinish', detail) }, number(swiper, 'duration', 500));
  };
  const move = (swiper, to, source) => {
    const count = items(swiper).length;
    const at = flag(swiper, 'circular') && count ? ((to % count) + count) % count : Math.max(0, Math.min(count - 1, to));
    if (!count || at === current(swiper)) return;
    change(swiper, 'current', at);
    tellCurrent(swiper, source);
  };
  // A page that is not the top one does not go on by itself.
  const isShown = (node) => {
    const record = view.recordOf(node);
    return !record || record === M.stack[M.stack.length - 1];
  };
  const play = (swiper) => {
    const own = state(swiper);
    if (own.plays) return;
    own.plays = M.setTimeout(() => {
      own.plays = undefined;
      if (!Element.isAttached(swiper) || !flag(swiper, 'autoplay')) return;
      if (isShown(swiper)) move(swiper, flag(swiper, 'circular') ? current(swiper) + 1 : (current(swiper) + 1) % (items(swiper).length || 1), 'autoplay');
      play(swiper);
    }, number(swiper, 'interval', 5000));
  };
  // Past half of an item, or by a quick stroke, the next one comes. As wide as its style says, or as the screen.
  const USUAL_HEIGHT = 150, STROKE_MS = 300, STROKE = 10;
  const swiped = (swiper, { dx, dy }) => {
    const isVertical = flag(swiper, 'vertical'), way = isVertical ? -dy : -dx;
    const size = isVertical ? view.length(swiper, 'height') || USUAL_HEIGHT : view.length(swiper, 'width') || view.nodes.getWindowWidth();
    return { isVertical, way, items: Math.round(way / size) };
  };
  const swiping = view.drag({
    begin: current,
    move(swiper, drag) {
      const { isVertical, way } = swiped(swiper, drag);
      if (way) tell(swiper, 'transition', { dx: isVertical ? 0 : way, dy: isVertical ? way : 0 });
    },
    end(swiper, drag, isCancelled) {
      const { way, items } = swiped(swiper, drag);
      if (isCancelled) return;
      const isStroke = drag.ms < STROKE_MS && Math.abs(way) > STROKE;
      move(swiper, drag.from + (items || (isStroke ? Math.sign(way) : 0)), 'touch');
    },
  });
  view.builtin('swiper', {
    properties: { current },
    on: swiping,
    set(swiper, name, value) {
      // The interval may be set with it.
      if (name === 'autoplay' && (value === '' || value)) later(() => play(swiper));
      if (name !== 'current') return;
      const own = state(swiper), before = 'current' in own ? own.current : own.last, to = Number(value) || 0;
      forget(swiper, 'current');
      // What the app sets itself is a change too, but not what it begins with, nor what the swiper has just told it.
      if (own.begun && to !== before) later(() => { if (Element.isAttached(swiper)) tellCurrent(swiper, '') });
      own.begun = true;
      own.last = to;
    },
    gone(swiper) { M.global.clearTimeout(state(swiper).plays) },
    calls: { swipeTo: (swiper, to) => move(swiper, Number(to) || 0, 'touch') },
  });

  const scrolled = (node) => ({ scrollLeft: state(node).left || 0, scrollTop: state(node).top || 0 });
  const scroll = (node, left, top) => {
    const own = state(node), before = scrolled(node);
    own.left = Math.max(0, Number(left) || 0);
    own.top = Math.max(0, Number(top) || 0);
    const after = scrolled(node);
    const deltaX = before.scrollLeft - after.scrollLeft, deltaY = before.scrollTop - after.scrollTop;
    if (!deltaX && !deltaY) return;
    tell(node, 'scroll', { ...after, scrollHeight: 0, scrollWidth: 0, deltaX, deltaY });
    const upper = number(node, 'upper-threshold', 50);
    if (deltaY > 0 && after.scrollTop <= upper && before.scrollTop > upper) tell(node, 'scrolltoupper', { direction: 'top' });
    if (deltaX > 0 && after.scrollLeft <= upper && before.scrollLeft > upper) tell(node, 'scrolltoupper', { direction: 'left' });
  };
  // A pull at the upper end is a refresh where the app wants one.
  const PULL = 45;
  const pulled = (node, { from, dy }) => flag(node, 'refresher-enabled') && !from.scrollTop && dy > 0 && !state(node).refreshes;
  const dragging = view.drag({
    begin: scrolled,
    move(node, drag) {
      const { from, dx, dy } = drag, isEnhanced = flag(node, 'enhanced');
      if (pulled(node, drag)) return tell(node, 'refresherpulling', { dy });
      if (isEnhanced && !drag.told) tell(node, 'dragstart', from);
      drag.told = true;
      scroll(node, from.scrollLeft - (flag(node, 'scroll-x') ? dx : 0), from.scrollTop - (flag(node, 'scroll-y') ? dy : 0));
      if (isEnhanced) tell(node, 'dragging', scrolled(node));
    },
    end(node, drag, isCancelled) {
      if (!pulled(node, drag)) return flag(node, 'enhanced') && drag.told ? tell(node, 'dragend', { ...scrolled(node), velocity: { x: 0, y: 0 } }) : undefined;
      if (isCancelled || drag.dy < number(node, 'refresher-threshold', PULL)) return tell(node, 'refresherabort', { dy: drag.dy });
      state(node).refreshes = true;
      tell(node, 'refresherrefresh', { dy: drag.dy });
    },
  });
  // The context that a query gives of an enhanced scroll view.
  const refreshed = (node, wanted) => {
    const own = state(node);
    if (!!own.refreshes === wanted) return;
    own.refreshes = wanted;
    later(() => tell(node, wanted ? 'refresherrefresh' : 'refresherrestore', { dy: 0 }));
  };
  const context = (node) => {
    const own = state(node);
    if (!own.context) own.context = {
      bounces: true, decelerationDisabled: false, fastDeceleration: false, pagingEnabled: false, scrollEnabled: true, showScrollbar: true,
      scrollTo({ left, top } = {}) { later(() => scroll(node, left === undefined ? scrolled(node).scrollLeft : left, top === undefined ? scrolled(node).scrollTop : top)) },
      // Nothing has a place, so nothing has to be scrolled to.
      scrollIntoView() {},
      triggerRefresh() { refreshed(node, true) },
      closeRefresh() { refreshed(node, false) },
      triggerTwoLevel() {},
      closeTwoLevel() {},
    };
    return own.context;
  };
  view.builtin('scroll-view', {
    on: dragging,
    node: (node) => flag(node, 'enhanced') ? context(node) : null,
    properties: { scrollTop: (node) => scrolled(node).scrollTop, scrollLeft: (node) => scrolled(node).scrollLeft },
    set(node, name, value) {
      if (name === 'scroll-top' && Number(value)) later(() => scroll(node, scrolled(node).scrollLeft, value));
      if (name === 'scroll-left' && Number(value)) later(() => scroll(node, value, scrolled(node).scrollTop));
      if (name === 'refresher-triggered') refreshed(node, value === '' || !!value);
    },
    calls: {
      scrollTo: (node, x, y) => scroll(node, x, y),
      scrollLeft: (node) => scrolled(node).scrollLeft,
      scrollTop: (node) => scrolled(node).scrollTop,
      scrollWidth: () => 0,
      scrollHeight: () => 0,
      // A person has pulled, or has come to the end, which nobody can compute without a layout.
      refresh(node) {
        if (!flag(node, 'refresher-enabled') || state(node).refreshes) return;
        state(node).refreshes = true;
        tell(node, 'refresherpulling', { dy: number(node, 'refresher-threshold', 45) });
        tell(node, 'refresherrefresh', { dy: number(node, 'refresher-threshold', 45) });
      },
      toLower: (node) => tell(node, 'scrolltolower', { direction: flag(node, 'scroll-y') ? 'bottom' : 'right' }),
    },
  });

  const wheels = (node) => {
    let count = 0;
    below(node, (child) => { if (child.is === 'picker-view-column') count += 1 });
    const value = [].concat(now(node, 'value') || []);
    return Array.from({ length: Math.max(count, value.length) }, (_, at) => Number(value[at]) || 0);
  };
  view.builtin('picker-view', {
    properties: { value: wheels },
    set(node, name) { if (name === 'value') forget(node, 'value') },
    calls: {
      pick(node, to) {
        tell(node, 'pickstart', {});
        change(node, 'value', [].concat(to));
        tell(node, 'change', { value: wheels(node) });
        tell(node, 'pickend', {});
      },
    },
  });

  // Its area holds it, as far as the styles of both say how large they are.
  const held = (node, length, value) => {
    const area = around(node, 'movable-area'), room = area && view.length(area, length), own = view.length(node, length);
    if (room === undefined || own === undefined || flag(node, 'out-of-bounds')) return value;
    return Math.min(Math.max(0, room - own), Math.max(Math.min(0, room - own), value));
  };
  const DIRECTIONS = { all: ['x', 'y'], horizontal: ['x'], vertical: ['y'] };
  const pulling = view.drag({
    begin: (node) => ({ x: Number(now(node, 'x')) || 0, y: Number(now(node, 'y')) || 0 }),
    move(node, drag) {
      const { from, dx, dy } = drag, ways = flag(node, 'disabled') ? [] : DIRECTIONS[attribute(node, 'direction')] || [];
      if (!drag.told) tell(node, Math.abs(dx) >= Math.abs(dy) ? 'htouchmove' : 'vtouchmove', {});
      drag.told = true;
      const to = {
        x: ways.includes('x') ? held(node, 'width', from.x + dx) : from.x,
        y: ways.includes('y') ? held(node, 'height', from.y + dy) : from.y,
      };
      const before = { x: Number(now(node, 'x')) || 0, y: Number(now(node, 'y')) || 0 };
      if (to.x === before.x && to.y === before.y) return;
      change(node, 'x', to.x);
      change(node, 'y', to.y);
      tell(node, 'change', { ...to, source: 'touch' });
    },
  });
  view.builtin('movable-view', {
    on: pulling,
    properties: { x: (node) => Number(now(node, 'x')) || 0, y: (node) => Number(now(node, 'y')) || 0 },
    set(node, name) { if (name === 'x' || name === 'y') forget(node, name) },
    calls: {
      moveTo(node, x, y) {
        if (flag(node, 'disabled')) return;
        change(node, 'x', Number(x) || 0);
        change(node, 'y', Number(y) || 0);
        tell(node, 'change', { x: Number(x) || 0, y: Number(y) || 0, source: 'touch' });
      },
    },
  });
})
