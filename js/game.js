// Mini games: a global scope without pages, a life of its own, and frames that the clock drives.
(function (M) {
  'use strict';
  const G = M.global, { wx, life, copy } = M, began = Date.now();
  for (const name of ['App', 'Page', 'Component', 'Behavior', 'getApp', 'getCurrentPages']) delete G[name];
  G.GameGlobal = G;

  // The n-th frame is due n periods after the start, whatever the frames before it took.
  let fps = 60, last = 0, planned = false, waiting = new Map(), running = new Map();
  const elapsed = () => Date.now() - began;
  const plan = () => {
    if (planned || life.background || !waiting.size) return;
    planned = true;
    const frame = Math.floor(elapsed() * fps / 1000 + 1e-6) + 1;
    M.setTimeout(tick, Math.ceil(frame * 1000 / fps - elapsed()));
  };
  const tick = () => {
    planned = false;
    if (life.background) return;
    [running, waiting] = [waiting, new Map()];
    const now = elapsed();
    for (const [id, fn] of running) if (running.delete(id)) M.guard(fn, undefined, [now], 'requestAnimationFrame callback');
    plan();
  };
  G.requestAnimationFrame = (fn) => {
    if (typeof fn !== 'function') throw new TypeError(`requestAnimationFrame expects a function but got ${typeof fn}`);
    waiting.set(++last, fn);
    plan();
    return last;
  };
  G.cancelAnimationFrame = (id) => { waiting.delete(id); running.delete(id) };
  M.define('setPreferredFramesPerSecond', (n) => { if (n >= 1 && n <= 60) fps = Math.floor(n) });
  M.define('triggerGC', () => {});

  const pair = (event, told) => {
    const list = M.listeners(event), name = M.cap(event);
    M.define('on' + name, (fn) => {
      if (typeof fn !== 'function') return M.console.error(`on${name} should accept a function instead of ${typeof fn}`);
      if (told) told('on' + name);
      list.push(fn);
    });
    M.define('off' + name, (fn) => {
      if (fn === undefined) list.length = 0;
      else if (list.includes(fn)) list.splice(list.indexOf(fn), 1);
    });
  };
  pair('show');
  pair('hide');
  M.gamePair = pair;
  // A card that the person sends by the menu, or the game by itself. The newest listener says what is on it.
  const sharing = [];
  const card = (given) => {
    const { title = '', query = '', imageUrl, imageUrlId } = given && typeof given === 'object' ? given : {};
    return { title, query, ...(imageUrl && { imageUrl }), ...(imageUrlId && { imageUrlId }) };
  };
  const share = (item, given, handled) => M.note('game.share', { item, ...card(given), handled });
  M.define('onShareAppMessage', (fn) => {
    if (typeof fn !== 'function') return M.console.error(`onShareAppMessage should accept a function instead of ${typeof fn}`);
    sharing.push(fn);
  });
  M.define('offShareAppMessage', (fn) => {
    if (fn === undefined) sharing.length = 0;
    else if (sharing.includes(fn)) sharing.splice(sharing.indexOf(fn), 1);
  });
  M.define('shareAppMessage', (options) => share('shareAppMessage', options, false));
  M.on('share', ({ item }) => {
    if (item !== 'shareAppMessage' || !sharing.length) return share(item, null, false);
    const given = M.guard(sharing[sharing.length - 1], undefined, [{}], 'onShareAppMessage');
    const { promise } = given || {};
    if (!promise || typeof promise.then !== 'function') return share(item, given, true);
    // The promise has three seconds; after them what came with it is shared.
    let told = false;
    const once = (more) => { if (!told) { told = true; share(item, { ...given, ...more }, true) } };
    M.setTimeout(once, 3000);
    promise.then(once, () => once());
  });
  M.gameTime = elapsed;
  M.lazy('game_screen');

  life.show = (options) => {
    if (options) life.enter = options;
    life.background = false;
    M.note('app.show', { options: life.enter });
    for (const event of ['show', 'appShow']) M.fire(event, copy(life.enter));
    plan();
  };
  life.hide = () => {
    life.background = true;
    M.note('app.hide', {});
    for (const event of ['hide', 'appHide']) M.fire(event);
  };

  // game.js of a subpackage runs once it is there, before who asked for it hears so.
  const load = wx.loadSubpackage;
  wx.loadSubpackage = (options) => {
    if (!options || typeof options.name !== 'string') return load(options);
    const parts = M.appJson.subpackages || [], trim = (root) => root.replace(/^\/|\/$/g, '');
    const part = parts.find((p) => p.name === options.name) || parts.find((p) => trim(p.root) === trim(options.name));
    return load({
      ...options,
      success(res) {
        try { if (part) M.runScript(trim(part.root) + '/game') } catch (e) { M.report(e, trim(part.root) + '/game.js') }
        if (typeof options.success === 'function') options.success(res);
      },
    });
  };

  M.startGame = (options, background) => {
    life.launch = life.enter = options;
    life.background = !!background;
    M.note('app.launch', { options });
    try { M.runScript('game') } catch (e) { M.report(e, 'game.js') }
    if (!background) life.show();
  };
})
