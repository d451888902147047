// Components that take their time: page-container comes and goes, progress runs to its percentage.
(function (M) {
  'use strict';
  M.lazy('view_control');
  const { view } = M, { control } = view, { Element } = view.easel;
  const { flag, number, state, tell, later } = control;

  // The container that a page shows: going back closes it.
  const open = new Map();
  const hold = (node, isShown) => {
    const record = view.recordOf(node);
    if (!record) return;
    if (isShown) open.set(record.id, node); else open.delete(record.id);
    M.host.call('$container', { page: record.id, shown: isShown });
  };
  M.on('container', ({ page }) => { if (open.has(page)) turn(open.get(page), false) });

  const told = (node, names) => names.forEach((name) => tell(node, name, {}));
  // What the app sets meanwhile ends what goes on.
  const turn = (node, isShown) => {
    const own = state(node);
    if (!!own.shown === isShown) return;
    own.shown = isShown;
    const run = own.run = {}, goes = (f) => () => { if (own.run === run && Element.isAttached(node)) f() };
    const [first, last] = isShown ? [['beforeenter', 'enter'], 'afterenter'] : [['beforeleave', 'leave'], 'afterleave'];
    // The duration may be set with it.
    later(goes(() => {
      hold(node, isShown);
      told(node, first);
      M.setTimeout(goes(() => told(node, [last])), number(node, 'duration', 300));
    }));
  };
  view.builtin('page-container', {
    set(node, name, value) { if (name === 'show') turn(node, value === '' || !!value) },
    gone(node) { if (state(node).shown) hold(node, false) },
    calls: {
      // A person taps beside it.
      overlay(node) { if (state(node).shown) tell(node, 'clickoverlay', {}) },
    },
  });

  // Each percent takes its time; `forwards` goes on from where it was.
  const PER_PERCENT = 30;
  const advance = (node) => {
    const own = state(node), to = Math.min(100, Math.max(0, number(node, 'percent', 0)));
    if (!flag(node, 'active') || own.to === to) return;
    const from = node.getAttribute('active-mode') === 'forwards' ? own.to || 0 : 0, run = own.run = {};
    own.to = to;
    M.setTimeout(() => {
      if (own.run === run && Element.isAttached(node)) tell(node, 'activeend', { curPercent: to });
    }, Math.abs(to - from) * number(node, 'duration', PER_PERCENT));
  };
  view.builtin('progress', {
    set(node, name) { if (name === 'percent' || name === 'active') later(() => advance(node)) },
  });
})
