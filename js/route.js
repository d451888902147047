// Carries out the host's plans: each step opens, shows, hides or unloads a page.
(function (M) {
  'use strict';
  const G = M.global, stack = M.stack, life = M.life, pages = M.pages = new Map();

  // The script of a page runs when the page is first opened.
  function definition(path) {
    if (!M.pageDefs[path]) {
      M.current = path;
      try {
        M.runScript(path);
      } catch (e) {
        M.report(e, path);
      } finally {
        M.current = undefined;
      }
      if (!M.pageDefs[path]) {
        G.console.warn('Page "' + path + '" has not been registered; it is loaded with empty data');
        M.pageDefs[path] = M.pageKit.empty;
      }
    }
    return M.pageDefs[path];
  }

  const leave = (p) => { const i = stack.indexOf(p); if (i >= 0) stack.splice(i, 1) };
  const note = (kind, p) => M.note('page.' + kind, { path: p.path, id: p.id });

  // `run(page, step)`; the note stands before what the app's own function logs.
  const steps = {
    open(p, s, opener) {
      p = { id: s.page, path: s.path, query: s.query || {}, opener };
      life.enterPage(p.path);
      const create = definition(p.path);
      M.note('page.load', { path: p.path, query: p.query, id: p.id, openType: s.openType });
      Object.assign(p, create(p));
      pages.set(p.id, p);
      stack.push(p);
      p.load();
    },
    show(p) { note('show', p); p.show() },
    hide(p) { note('hide', p); p.hide() },
    // A tab page that another tab covers leaves the stack and lives on.
    hang: leave,
    unhang(p) { stack.push(p) },
    unload(p) { note('unload', p); p.unload(); leave(p); pages.delete(p.id) },
    appShow(p, s) { life.show(s.options) },
    appHide() { life.hide() },
    warn(p, s) { G.console.warn(s.text) },
    notFound(p, s) { M.note('page.notFound', { path: s.path }) },
  };
  const follow = (list, opener) => {
    for (const s of list) {
      const p = pages.get(s.page);
      if (p || s.page === undefined || s.do === 'open') steps[s.do](p, s, opener);
    }
  };

  M.on('route', (r) => {
    follow(r.steps, M.takeOpener && M.takeOpener(r.call));
  });
  M.on('ready', (r) => {
    const p = pages.get(r.page);
    if (p) { note('ready', p); p.ready() }
  });
  M.on('appHide', (r) => follow(r.steps || [{ do: 'appHide' }]));
  M.on('appShow', (r) => follow(r.steps || [{ do: 'appShow', options: r.options }]));
})
