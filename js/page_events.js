// Events of a page beside its lifecycle.
(function (M) {
  'use strict';
  const { stack, pages } = M;
  // What happens to a page beside its lifecycle; without a page named it is the top one's.
  const tell = (p, name, arg) => { if (p) return M.callPage(p.self, name, [arg]) };
  const top = () => stack[stack.length - 1];
  M.on('pageEvent', (e) => tell(e.page ? pages.get(e.page) : top(), e.name, e.detail));
  M.on('pullDownRefresh', (e) => tell(pages.get(e.pageId), 'onPullDownRefresh'));
  M.on('windowResize', (e) => {
    const p = top();
    if (p && p.resize) p.resize(e);
    tell(p, 'onResize', e);
    M.fire('windowResize', e);
  });
})
