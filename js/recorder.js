// wx.getRecorderManager, and wx.startRecord and wx.stopRecord before it.
(function (M) {
  'use strict';
  M.lazy('objects');
  const { setTimeout, clearTimeout } = M, now = () => Date.now();
  const DEFAULTS = { duration: 60000, sampleRate: 8000, numberOfChannels: 2, format: 'aac' };
  // There is one microphone: `tell(event, payload)` hears of the recording that it makes.
  let current;
  const spent = () => current.spent + (current.from === null ? 0 : now() - current.from);
  const run = () => { current.from = now(); current.limit = setTimeout(stop, Math.max(0, current.duration - current.spent)); };
  const halt = () => { current.spent = spent(); current.from = null; clearTimeout(current.limit); };
  const begin = (options, tell) => {
    const given = { ...DEFAULTS, ...options };
    given.duration = Math.min(600000, given.duration > 0 ? given.duration : DEFAULTS.duration);
    if (current) return tell('Error', { errMsg: "operateRecorder:fail audio is recording, don't start record again" });
    M.host.start('$record.start', given, error => {
      if (error || current) return tell('Error', { errMsg: 'operateRecorder:fail ' + (error ? error.reason : 'audio is recording') });
      current = { ...given, tell, spent: 0, from: null };
      run();
      tell('Start');
    });
  };
  const stop = () => {
    halt();
    const { sampleRate, numberOfChannels, format, tell, spent: duration } = current;
    current = undefined;
    M.host.start('$record.save', { sampleRate, numberOfChannels, format, duration }, (error, res) =>
      error ? tell('Error', { errMsg: 'operateRecorder:fail ' + error.reason }) : tell('Stop', res));
  };

  const events = ['Start', 'Pause', 'Resume', 'Stop', 'Error', 'InterruptionBegin', 'InterruptionEnd'];
  const told = (event, payload) => hand.tell(event, ...(payload ? [payload] : []));
  const soon = (event, payload) => setTimeout(() => told(event, payload), 0);
  const absent = () => soon('Error', { errMsg: 'operateRecorder:fail recorder not start' });
  const hand = M.handOut('RecorderManager', 'nothing is heard', {
    start(options) { begin(options, told); },
    pause() { if (!current || current.from === null) return absent(); halt(); soon('Pause'); },
    resume() { if (!current || current.from !== null) return absent(); run(); soon('Resume'); },
    stop() { if (current) stop(); else absent(); },
  }, events);
  M.made.getRecorderManager = () => hand.self;

  // The call of startRecord ends with the file.
  M.asked('startRecord', (res, opts, done) => begin({ duration: 60000 }, (event, payload) => {
    if (event === 'Stop') done({ tempFilePath: payload.tempFilePath, ...res }, true);
    if (event === 'Error') done(M.failed('startRecord', payload.errMsg.replace('operateRecorder:fail ', '')), false);
  }));
  M.asked('stopRecord', (res, opts, done) => {
    if (!current) return done(M.failed('stopRecord', 'recorder not start'), false);
    stop();
    done(res, true);
  });
})
