// What follows a finger: nodes of a kind with `...view.drag({ begin, move, end })` in its handlers. `begin` gives what
// there is when the finger comes down, `move` and `end` get a drag with that as `from`, with the way so far as `dx` and
// `dy`, and with the milliseconds that it took as `ms`.
(function (M) {
  'use strict';
  const { view } = M, drags = new WeakMap();
  const place = ({ touches, changedTouches }) => {
    const one = (touches && touches[0]) || (changedTouches && changedTouches[0]);
    return one && { x: Number(one.pageX) || 0, y: Number(one.pageY) || 0 };
  };
  const follow = (drag, event) => {
    const at = place(event);
    drag.ms = Date.now() - drag.since;
    if (!at) return;
    Object.assign(drag, { x: at.x, y: at.y, dx: at.x - drag.start.x, dy: at.y - drag.start.y });
    drag.moved = drag.moved || Math.abs(drag.dx) > 0 || Math.abs(drag.dy) > 0;
  };
  const over = (node) => {
    const drag = drags.get(node);
    drags.delete(node);
    return drag;
  };
  view.drag = ({ begin, move, end }) => ({
    touchstart(node, event) {
      const start = place(event);
      if (start) drags.set(node, { start, x: start.x, y: start.y, dx: 0, dy: 0, since: Date.now(), ms: 0, moved: false, from: begin(node) });
    },
    touchmove(node, event) {
      const drag = drags.get(node);
      if (!drag) return;
      follow(drag, event);
      if (drag.moved) move(node, drag);
    },
    touchend(node, event) {
      const drag = over(node);
      if (!drag) return;
      follow(drag, event);
      if (drag.moved && end) end(node, drag, false);
    },
    touchcancel(node) {
      const drag = over(node);
      if (drag && drag.moved && end) end(node, drag, true);
    },
  });

  // What a node's own style says of its length in px; nothing without a layout.
  view.length = (node, name) => {
    const m = /^([\d.]+)(r?px)$/.exec(view.declared(node, name));
    return m ? m[2] === 'px' ? Number(m[1]) : Number(m[1]) * view.nodes.getWindowWidth() / 750 : undefined;
  };
})
