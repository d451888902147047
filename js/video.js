// Videos taken apart: wx.createVideoDecoder and wx.createMediaContainer.
(function (M) {
  'use strict';
  M.lazy('objects');
  const { setTimeout, clearTimeout } = M, now = () => Date.now();
  const { begin, settle } = M.calls, NOTE = 'no picture is decoded', EVENTS = ['start', 'stop', 'seek', 'bufferchange', 'ended'];
  const failed = (method, reason) => ({ errMsg: `${method}:fail ${reason}` });

  M.made.createVideoDecoder = () => {
    const subs = {};
    for (const event of EVENTS) subs[event] = [];
    // `next` is the frame that comes next, `from` the moment at which the first one was due.
    let film, byClock, every, next, from, end, gone = false, attempt = 0;
    const tell = (event, payload) => { for (const fn of subs[event].slice()) M.guard(fn, undefined, payload ? [payload] : [], `VideoDecoder.on ${event}`); };
    const finish = after => { clearTimeout(end); end = setTimeout(() => tell('ended'), after); };
    const play = position => {
      const length = film.duration * 1000, to = Math.min(Math.max(0, position), length);
      from = now() - to;
      next = film.frames ? Math.min(film.frames - 1, Math.floor(to / every)) : 0;
      clearTimeout(end);
      if (byClock) finish(length - to); else if (!film.frames) finish(0);
      tell('bufferchange');
    };
    const halt = () => { clearTimeout(end); attempt++; film = undefined; };
    // `act(result)` gives why the call fails, if it does.
    const call = (method, given, act) => new Promise((yes, no) => {
      if (gone) return no(failed(method, 'the decoder is removed'));
      begin('VideoDecoder.' + method, given, (res, ok) => {
        if (!ok) return no(res);
        const reason = act(res);
        if (reason) no(failed(method, reason)); else yes({ errMsg: res.errMsg });
      });
    });
    return M.handOut('VideoDecoder', NOTE, {
      start(options) {
        halt();
        const mine = attempt;
        return call('start', options, res => {
          if (gone || mine !== attempt) return 'the decoder is stopped';
          film = res;
          byClock = !(options.mode === 1);
          every = film.duration * 1000 / film.frames;
          tell('start', { width: film.width, height: film.height });
          // A listener may have stopped it.
          if (film) play(0);
        });
      },
      stop() {
        const ran = film !== undefined;
        halt();
        return call('stop', {}, () => { if (ran) tell('stop'); });
      },
      seek(position) {
        return call('seek', { position }, () => {
          if (!film) return 'the decoder is not started';
          play(position);
          tell('seek', { position });
        });
      },
      remove() {
        halt();
        const answer = call('remove', {}, () => {});
        gone = true;
        return answer;
      },
      // By the clock late frames are left out; as fast as possible none is.
      getFrameData() {
        if (!film || !film.frames) return null;
        const due = byClock ? Math.min(film.frames - 1, Math.floor((now() - from) / every + 1e-6)) : next;
        if (due < next || due >= film.frames) return null;
        next = due + 1;
        if (!byClock && next === film.frames) finish(0);
        const { width, height } = film, pts = Math.round(due * every);
        return { width, height, data: new ArrayBuffer(width * height * 4), pkPts: pts, pkDts: pts };
      },
      on(event, fn) { if (subs[event] && typeof fn === 'function') subs[event].push(fn); },
      off(event, fn) {
        const list = subs[event] || [];
        if (fn === undefined) list.length = 0; else if (list.includes(fn)) list.splice(list.indexOf(fn), 1);
      },
    }, []).self;
  };

  // Where each track that was given out comes from.
  const sources = new WeakMap();
  const track = (source, { kind, duration }) => {
    const self = Object.defineProperties({}, {
      kind: { value: kind, enumerable: true },
      duration: { value: duration, enumerable: true },
      volume: { value: 1, enumerable: true, writable: true },
    });
    sources.set(self, source);
    return self;
  };
  M.made.createMediaContainer = () => {
    let gone = false;
    const tracks = [];
    const call = (method, opts, given, act) => {
      const api = 'MediaContainer.' + method;
      if (gone) return settle(api, opts, failed(method, 'the container is destroyed'), false);
      begin(api, given, (res, ok) => settle(api, opts, ok ? act(res) : res, ok));
    };
    return M.handOut('MediaContainer', NOTE, {
      extractDataSource(opts) {
        call('extractDataSource', opts, opts, res => ({ ...res, tracks: res.tracks.map(one => track(opts.source, one)) }));
      },
      addTrack(one) {
        if (gone || tracks.includes(one)) return;
        if (sources.has(one)) tracks.push(one); else M.global.console.error('MediaContainer.addTrack takes the tracks that extractDataSource gives');
      },
      removeTrack(one) { if (tracks.includes(one)) tracks.splice(tracks.indexOf(one), 1); },
      export(opts) {
        const given = tracks.map(one => ({ kind: one.kind, duration: one.duration, volume: one.volume, source: sources.get(one) }));
        call('export', opts, { ...opts, $tracks: given }, res => res);
      },
      destroy() { gone = true; tracks.length = 0; },
    }, []).self;
  };
})
