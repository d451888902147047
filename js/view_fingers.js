// Fingers on nodes: what comes of a touch is known when it ends, or has lasted.
(function (M) {
  'use strict';
  M.lazy('view_driver');
  const { view } = M, { driver } = view;
  const HELD = 345;
  const touches = new WeakMap();
  const point = (list) => (list && list[0]) || { identifier: 0, pageX: 0, pageY: 0, clientX: 0, clientY: 0 };
  const moved = (a, b) => Math.abs((a.pageX || 0) - (b.pageX || 0)) > 10 || Math.abs((a.pageY || 0) - (b.pageY || 0)) > 10;
  view.fingers = {
    touchstart(node, { touches: given, changedTouches } = {}) {
      const at = point(given);
      const fields = { touches: given || [at], changedTouches: changedTouches || [at] };
      const touch = { at, last: at, fields, held: false };
      touches.set(node, touch);
      driver.act(node, 'touchstart', {}, fields);
      touch.timer = M.setTimeout(() => {
        // Where nobody listens to a long press, it ends as a tap.
        const told = ['longpress', 'longtap'].map((name) => driver.act(node, name, { x: at.pageX, y: at.pageY }, fields));
        touch.held = told.some((event) => event.heard);
      }, HELD);
    },
    touchmove(node, { touches: given, changedTouches } = {}) {
      const touch = touches.get(node), at = point(given);
      driver.act(node, 'touchmove', {}, { touches: given || [at], changedTouches: changedTouches || [at] });
      if (touch) touch.last = at;
      if (!touch || !moved(touch.at, at)) return;
      M.clearTimeout(touch.timer);
      touch.moved = true;
    },
    touchend(node, { touches: given, changedTouches } = {}) {
      const touch = touches.get(node), at = touch ? touch.at : point(changedTouches);
      driver.act(node, 'touchend', {}, { touches: given || [], changedTouches: changedTouches || [touch ? touch.last : at] });
      if (!touch) return;
      touches.delete(node);
      M.clearTimeout(touch.timer);
      if (!touch.moved && !touch.held) driver.lift(node, at, touch.fields);
    },
    touchcancel(node, { touches: given, changedTouches } = {}) {
      const touch = touches.get(node);
      if (touch) M.clearTimeout(touch.timer);
      touches.delete(node);
      driver.act(node, 'touchcancel', {}, { touches: given || [], changedTouches: changedTouches || [] });
    },
  };
})
