// Players of sound, by the clock: wx.createInnerAudioContext, wx.getBackgroundAudioManager and the older functions.
(function (M) {
  'use strict';
  M.lazy('objects');
  const { setTimeout, clearTimeout } = M, EVERY = 250, now = () => Date.now();
  const NOTE = 'nothing is heard', EVENTS = ['Canplay', 'Play', 'Pause', 'Stop', 'Ended', 'TimeUpdate', 'Error', 'Waiting', 'Seeking', 'Seeked'];
  const number = (v, low, high, or) => typeof v === 'number' && v === v ? Math.min(high, Math.max(low, v)) : or;

  // Events are told after the call that brings them about.
  const player = (api, heard) => {
    const queue = [], p = { src: '', duration: 0, rate: 1, volume: 1, loop: false, startTime: 0, ready: false };
    let at = 0, from = null, wanted = false, loading = 0, busy = false, tick, end;
    const tell = (event, payload) => { queue.push([event, payload]); if (queue.length === 1) setTimeout(told, 0); };
    const told = () => { for (const [event, payload] of queue.splice(0)) heard(event, payload); };
    const halt = () => { at = p.position(); from = null; clearTimeout(tick); clearTimeout(end); };
    const update = () => { tick = setTimeout(() => { heard('TimeUpdate'); if (from !== null) update(); }, EVERY); };
    const finish = () => {
      halt();
      at = 0;
      if (p.loop) return run();
      heard('Ended');
    };
    const run = () => { from = now(); update(); end = setTimeout(finish, (p.duration - at) / p.rate * 1000); };
    const begin = () => { wanted = false; run(); tell('Play'); };
    p.position = () => from === null ? at : Math.min(p.duration, at + (now() - from) / 1000 * p.rate);
    p.playing = () => from !== null;
    p.load = (src, autoplay) => {
      halt();
      const mine = ++loading;
      Object.assign(p, { src, ready: false, duration: 0 });
      at = 0;
      wanted = autoplay;
      busy = src !== '';
      if (busy) M.host.start('$audio', { src, api }, (error, res) => {
        if (mine !== loading) return;
        busy = false;
        if (error) { wanted = false; return tell('Error', { errMsg: error.reason, errCode: error.errCode }); }
        p.duration = res.duration;
        p.ready = true;
        at = Math.min(p.startTime, p.duration);
        tell('Canplay');
        if (wanted && mine === loading) begin();
      });
    };
    p.play = () => {
      if (from !== null || !p.src) return;
      if (p.ready) return begin();
      if (!busy) p.load(p.src, true);
      wanted = true;
      tell('Waiting');
    };
    p.pause = () => {
      wanted = false;
      if (from === null) return;
      halt();
      tell('Pause');
    };
    p.stop = () => {
      wanted = false;
      if (!p.ready) return;
      halt();
      at = 0;
      tell('Stop');
    };
    p.seek = to => {
      if (!p.ready) return;
      const going = from !== null;
      halt();
      at = number(to, 0, p.duration, at);
      if (going) run();
      tell('Seeking');
      tell('Seeked');
    };
    p.pace = rate => { const going = from !== null; halt(); p.rate = rate; if (going) run(); };
    p.end = () => { halt(); ++loading; wanted = busy = false; queue.length = 0; };
    return p;
  };
  const properties = (self, table) => {
    for (const name of Object.keys(table)) Object.defineProperty(self, name, { enumerable: true, configurable: true, ...table[name] });
  };
  const readings = p => ({
    duration: { get: () => p.duration },
    currentTime: { get: () => p.position() },
    paused: { get: () => !p.playing() },
    buffered: { get: () => p.ready ? p.duration : 0 },
    startTime: { get: () => p.startTime, set: v => { p.startTime = number(v, 0, Infinity, 0); } },
    playbackRate: { get: () => p.rate, set: v => p.pace(number(v, 0.5, 2, 1)) },
  });

  M.made.createInnerAudioContext = () => {
    let gone = false, hand;
    const p = player('createInnerAudioContext', (event, payload) => { if (!gone) hand.tell(event, ...(payload ? [payload] : [])); });
    const alive = act => (...args) => { if (!gone) act(...args); };
    hand = M.handOut('InnerAudioContext', NOTE, {
      play: alive(p.play), pause: alive(p.pause), stop: alive(p.stop), seek: alive(p.seek),
      destroy() { gone = true; p.end(); },
    }, EVENTS, true);
    const self = hand.self;
    self.autoplay = false;
    self.obeyMuteSwitch = true;
    self.referrerPolicy = 'no-referrer';
    properties(self, {
      ...readings(p),
      src: { get: () => p.src, set: v => { if (!gone) p.load(String(v === undefined || v === null ? '' : v), self.autoplay === true); } },
      loop: { get: () => p.loop, set: v => { p.loop = !!v; } },
      volume: { get: () => p.volume, set: v => { p.volume = number(v, 0, 1, p.volume); } },
    });
    return self;
  };

  // One sound goes on behind all pages; the older functions play it too.
  let manager, background;
  const behind = () => {
    if (manager) return manager;
    let hand;
    const old = { Play: 'backgroundAudioPlay', Pause: 'backgroundAudioPause', Stop: 'backgroundAudioStop' };
    const p = background = player('getBackgroundAudioManager', (event, payload) => {
      hand.tell(event, ...(payload ? [payload] : []));
      if (old[event]) M.fire(old[event]);
    });
    hand = M.handOut('BackgroundAudioManager', NOTE, { play: p.play, pause: p.pause, stop: p.stop, seek: p.seek }, EVENTS.concat('Next', 'Prev'));
    const self = manager = hand.self;
    for (const name of ['title', 'epname', 'singer', 'coverImgUrl', 'webUrl', 'referrerPath']) self[name] = '';
    Object.assign(self, { protocol: 'http', audioType: 'audio', referrerPolicy: 'no-referrer' });
    properties(self, {
      ...readings(p),
      src: {
        get: () => p.src,
        set(v) {
          if (self.title) return p.load(String(v), true);
          setTimeout(() => hand.tell('Error', { errMsg: 'setBackgroundAudioState:fail title is nil!', errCode: 10001 }), 0);
        },
      },
    });
    // The buttons of the phone's own player.
    M.on('audioButton', ({ button }) => {
      if (button === 'next' || button === 'prev') hand.tell(button === 'next' ? 'Next' : 'Prev'); else p[button]();
    });
    return self;
  };
  M.made.getBackgroundAudioManager = behind;

  const act = (api, run) => M.asked(api, (res, opts, done) => { behind(); run(res, opts || {}, done); });
  act('playBackgroundAudio', (res, opts, done) => {
    Object.assign(manager, { title: opts.title || '', coverImgUrl: opts.coverImgUrl || '' });
    if (background.src === opts.dataUrl && background.ready) background.play(); else background.load(opts.dataUrl, true);
    done(res, true);
  });
  const playing = (api, run) => act(api, (res, opts, done) => {
    if (!background.src) return done(M.failed(api, 'no background audio is playing'), false);
    run(opts);
    done(res, true);
  });
  playing('pauseBackgroundAudio', () => background.pause());
  playing('seekBackgroundAudio', opts => background.seek(opts.position));
  playing('stopBackgroundAudio', () => { background.stop(); background.src = ''; background.ready = false; });
  act('getBackgroundAudioPlayerState', (res, opts, done) => {
    // 2: there is no sound, 1: it plays, 0: it pauses.
    const state = { status: !background.ready ? 2 : background.playing() ? 1 : 0 };
    if (background.ready) Object.assign(state, { currentPosition: background.position(), duration: background.duration, downloadPercent: 100, dataUrl: background.src });
    done({ ...state, ...res }, true);
  });

  // One voice at a time; the call ends when the voice does.
  let voice;
  const hush = () => { const was = voice; voice = undefined; if (was) { was.p.end(); was.done(); } };
  M.asked('playVoice', (res, opts, done) => {
    if (voice && voice.path === opts.filePath && !voice.p.playing()) { voice.p.play(); return done(res, true); }
    hush();
    const end = () => { clearTimeout(limit); done(res, true); };
    const p = player('playVoice', (event, payload) => {
      if (event === 'Ended' && voice && voice.p === p) { voice = undefined; end(); }
      if (event === 'Error') { voice = undefined; clearTimeout(limit); done(M.failed('playVoice', payload.errMsg), false); }
    });
    const limit = setTimeout(() => { if (voice && voice.p === p) hush(); }, (opts.duration > 0 ? opts.duration : 60) * 1000);
    voice = { p, path: opts.filePath, done: end };
    p.load(opts.filePath, true);
  });
  M.asked('pauseVoice', (res, opts, done) => { if (voice) voice.p.pause(); done(res, true); });
  M.asked('stopVoice', (res, opts, done) => { hush(); done(res, true); });
})
