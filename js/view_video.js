// video: what its context tells it, by the clock. How long a film is says its file, the node, or the profile's answer.
(function (M) {
  'use strict';
  M.lazy('view_control');
  const { view } = M, { control } = view, { Element } = view.easel;
  const { attribute, flag, number, state, tell, later } = control;
  const EVERY = 250;

  const isOn = (own) => own.from !== undefined;
  const rate = (own) => own.rate || 1;
  const where = (own) => !isOn(own) ? own.at || 0 : Math.min(own.length, own.at + (Date.now() - own.from) / 1000 * rate(own));
  const halt = (own) => {
    own.at = where(own);
    own.from = undefined;
    M.clearTimeout(own.end);
    M.clearTimeout(own.tick);
  };
  // Who does not listen to the time needs nobody who counts it.
  const count = (node) => {
    const own = state(node);
    if (!own.counts || !isOn(own)) return;
    own.tick = M.setTimeout(() => {
      tell(node, 'timeupdate', { currentTime: where(own), duration: own.length });
      count(node);
    }, EVERY);
  };
  const run = (node) => {
    const own = state(node);
    own.from = Date.now();
    own.at = own.at || 0;
    own.end = M.setTimeout(() => {
      halt(own);
      own.at = 0;
      if (flag(node, 'loop')) return run(node);
      tell(node, 'ended', {});
    }, (own.length - own.at) / rate(own) * 1000);
    count(node);
  };

  // Calls `then` when it is known how long the film is.
  const load = (node, then) => {
    const own = state(node), src = attribute(node, 'src');
    if (!src) return;
    if (own.film === src) return then();
    own.waiting = (own.waiting || []).concat(then);
    if (own.loading === src) return;
    own.loading = src;
    M.host.start('VideoDecoder.start', { source: src, $api: 'video' }, (error, film) => {
      if (own.loading !== src || !Element.isAttached(node)) return;
      const { waiting } = own;
      own.loading = own.waiting = undefined;
      if (error) return tell(node, 'error', { errMsg: error.reason });
      own.film = src;
      own.length = number(node, 'duration', film.duration);
      own.at = Math.min(own.length, number(node, 'initial-time', 0));
      tell(node, 'loadedmetadata', { width: film.width, height: film.height, duration: own.length });
      for (const f of waiting) f();
    });
  };
  const play = (node) => {
    const own = state(node);
    own.wanted = true;
    load(node, () => {
      if (!own.wanted || isOn(own)) return;
      run(node);
      tell(node, 'play', {});
    });
  };
  const pause = (node) => {
    const own = state(node);
    own.wanted = false;
    if (!isOn(own)) return;
    halt(own);
    tell(node, 'pause', {});
  };
  // What is true of a film that runs holds for the rest of it from now on.
  const change = (node, how) => {
    const own = state(node), wasOn = isOn(own);
    halt(own);
    how(own);
    if (wasOn) run(node);
  };
  const full = (node, isFull, direction) => {
    const own = state(node);
    if (!!own.full === isFull) return;
    own.full = isFull;
    tell(node, 'fullscreenchange', { fullScreen: isFull, direction });
  };
  const DIRECTIONS = { 0: 'vertical' };
  const COMMANDS = {
    play,
    pause,
    stop(node) { pause(node); state(node).at = 0 },
    seek: (node, position) => load(node, () => {
      change(node, (own) => { own.at = Math.min(own.length, Math.max(0, Number(position) || 0)) });
      tell(node, 'seekcomplete', { position: state(node).at });
    }),
    playbackRate(node, value) { if (Number(value) > 0) change(node, (own) => { own.rate = Number(value) }) },
    requestFullScreen(node, options) { full(node, true, DIRECTIONS[options && options.direction] || 'horizontal') },
    exitFullScreen: (node) => full(node, false, 'vertical'),
  };

  view.builtin('video', {
    set(node, name, value) {
      const own = state(node);
      if (name === 'src') {
        halt(own);
        Object.assign(own, { film: undefined, loading: undefined, waiting: undefined, at: 0 });
        if (own.looks) later(() => { if (Element.isAttached(node)) load(node, () => {}) });
      }
      if ((name === 'src' && flag(node, 'autoplay')) || (name === 'autoplay' && (value === '' || value))) later(() => { if (Element.isAttached(node)) play(node) });
    },
    listens(node, event) {
      const own = state(node);
      if (event === 'timeupdate') own.counts = true;
      if ((event !== 'loadedmetadata' && event !== 'error') || own.looks) return;
      own.looks = true;
      later(() => { if (Element.isAttached(node)) load(node, () => {}) });
    },
    gone(node) { halt(state(node)) },
  });

  // What a context tells the video of this id in a component, or on a page; a page without a tree has none.
  view.playVideo = (self, id, method, args) => {
    const top = M.stack[M.stack.length - 1], scope = self && self._$ ? self._$ : top && top.root;
    if (!scope || !COMMANDS[method]) return;
    M.lazy('view_select');
    const node = view.select(scope, 'video').find((one) => one.id === id);
    if (node) COMMANDS[method](node, ...args);
  };
})
