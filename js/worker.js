// wx.createWorker(): the app's end of the line to its worker.
(function (M) {
  'use strict';
  M.lazy('structured');
  const C = M.console;
  let current;
  const ask = (what, more) => M.host.call('$worker', Object.assign({ do: what }, more));
  const thrown = (name, error) => {
    const errMsg = `${name}:fail ${error.reason}`;
    return Object.assign(new Error(errMsg), { errMsg });
  };

  M.made.createWorker = M.traced('createWorker', (path, options) => {
    if (typeof path !== 'string') throw thrown('createWorker', { reason: `parameter error: parameter should be String instead of ${Object.prototype.toString.call(path).slice(8, -1)};` });
    let id;
    try { id = ask('create', { path, experimental: !!(options && options.useExperimentalWorker) }).id } catch (e) { throw e && e.reason ? thrown('createWorker', e) : e }
    const heard = { message: [], error: [], processKilled: [] };
    const alive = () => current && current.id === id;
    const self = {
      env: { USER_DATA_PATH: 'wxfile://usr' },
      postMessage(message) {
        if (alive()) ask('post', M.pack(message)); else C.error('Worker.postMessage: the worker has ended');
      },
      terminate() {
        if (!alive()) return;
        ask('terminate');
        current = undefined;
      },
      getCameraFrameData() { throw thrown('Worker.getCameraFrameData', { reason: 'not supported' }) },
      testOnProcessKilled() { if (alive()) ask('kill') },
    };
    for (const event of Object.keys(heard)) {
      const name = 'on' + M.cap(event);
      self[name] = (fn) => {
        if (typeof fn === 'function') heard[event].push(fn); else C.error(`Worker.${name} should accept a function instead of ${typeof fn}`);
      };
    }
    for (const name of Object.keys(self)) if (name !== 'env') self[name] = M.traced('Worker.' + name, self[name]);
    current = { id, heard };
    return self;
  });

  M.on('worker', (p) => {
    const worker = current, event = p.$event;
    // What the last worker said before it was terminated is for nobody.
    if (!worker || worker.id !== p.$worker) return;
    if (event === 'processKilled') current = undefined;
    const args = event === 'message' ? [M.unpack(p)] : event === 'error' ? [p.error] : [];
    for (const fn of worker.heard[event].slice()) M.guard(fn, undefined, args, `Worker.on${M.cap(event)}`);
  });
})
