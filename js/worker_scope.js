// The global scope of a worker: `worker`, and none of what belongs to an app.
(function (M) {
  'use strict';
  const G = M.global, heard = [];
  M.lazy('structured');
  delete G.global;
  delete G.__wxConfig;
  // Nothing waits for the host here: `require` in its later forms fails.
  M.host.start = () => { throw new Error('a worker has its own folder only') };
  G.worker = {
    env: { USER_DATA_PATH: 'wxfile://usr' },
    postMessage(message) { M.host.call('$post', M.pack(message)) },
    onMessage(fn) { if (typeof fn === 'function') heard.push(fn) },
    onError(fn) { if (typeof fn === 'function') M.listeners('error').push(fn) },
    testOnProcessKilled() { M.host.call('$kill', {}) },
    getCameraFrameData() { throw new Error('Worker.getCameraFrameData:fail not supported') },
  };
  M.on('start', (p) => { try { M.require(p.path) } catch (e) { M.report(e, p.path) } });
  M.on('message', (p) => {
    const message = M.unpack(p);
    for (const fn of heard.slice()) M.guard(fn, undefined, [message], 'worker.onMessage');
  });
})
