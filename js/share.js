// The person shares the page by the menu, or by a button of it: what the page's handler gives is on the timeline.
(function (M) {
  'use strict';
  const HANDLERS = { shareAppMessage: 'onShareAppMessage', shareTimeline: 'onShareTimeline', addToFavorites: 'onAddToFavorites' };
  const PATIENCE = 3000;
  const share = M.share = ({ item, button }) => {
    const page = M.stack[M.stack.length - 1];
    if (!page) return;
    const { self, path, id } = page, name = HANDLERS[item];
    const query = Object.keys(page.query).map(k => `${encodeURIComponent(k)}=${encodeURIComponent(page.query[k])}`).join('&');
    const usual = item === 'shareAppMessage' ? { title: (M.appJson.window || {}).navigationBarTitleText || '', path: path + (query && '?' + query) } : { title: '', query };
    const tell = given => M.note('page.share', { page: path, id, item, ...usual, ...given, handled: typeof self[name] === 'function' });
    const plain = given => {
      const { promise, ...rest } = given && typeof given === 'object' ? given : {};
      return rest;
    };
    const given = M.callPage(self, name, [{ from: button ? 'button' : 'menu', target: button, webViewUrl: undefined }]);
    if (!given || !given.promise || typeof given.promise.then !== 'function') return tell(plain(given));
    // The promise has three seconds; after them what came with it is shared.
    let told = false;
    const once = more => { if (!told) { told = true; tell({ ...plain(given), ...plain(more) }); } };
    M.setTimeout(once, PATIENCE);
    given.promise.then(once, () => once());
  };
  M.on('share', share);
})
