// The tree of the page on the screen as text, for who looks at it from outside.
(function (M) {
  'use strict';
  M.on('tree', () => {
    const top = M.stack[M.stack.length - 1];
    if (!top) return;
    M.lazy('view');
    M.lazy('view_text');
    const root = M.view.of(top.self);
    if (root) M.host.call('$tree', { text: M.view.text(root) });
  });
})
