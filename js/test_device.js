// What is around the app of a test: its person, its network, its device, and the apps that the test launches.
(function (M) {
  'use strict';
  const G = M.global;
  const host = (api, o) => M.host.call(api, o || {});
  const device = {
    ui: {
      answer: (answer) => void host('$test.answerModal', { answer }),
      prompt: () => host('$test.screen').prompt,
      state: () => host('$test.screen').state,
      page: () => {
        const s = host('$test.screen').state;
        return s.pages.find((p) => p.id === s.current);
      },
    },
    update: {
      check: (hasUpdate, version, forced) => M.note('test.update', { kind: 'check', hasUpdate, version, forced }),
      ready: (version, forced) => M.note('test.update', { kind: 'ready', version, forced }),
      failed: (version) => M.note('test.update', { kind: 'failed', version, reason: 'made to fail by a test' }),
    },
    apis: () => host('$test.apis').rows,
    element: (selector) => (M.lazy('testing_view'), M.element(selector)),
    elements: (selector) => (M.lazy('testing_view'), M.elements(selector)),
    set: (words) => { host('$test.setDevice', { words }); happen({ words }) },
    answer: (api, answer) => void host('$test.answer', { api, answer }),
    network: {
      set: (network) => device.set({ network }),
      weak: (weakNetwork) => device.set({ weakNetwork }),
      shape: (conditions) => { host('$test.shapeNetwork', { conditions }); happen({ conditions }) },
    },
  };
  // The apps that the test launches are on the same device.
  const happen = (what) => void host('$outside', { do: 'happen', ...what });

  // Whatever drives apps is loaded at the first word of it.
  M.device = device;
  const later = (o, k, get) => Object.defineProperty(o, k, { enumerable: true, get() { M.lazy('driver'); return get(k) } });
  for (const k of ['clock', 'release', 'launch', 'timeline', 'until', 'background', 'foreground', 'kill', 'restart', 'reset']) later(device, k, (k) => M.driverWords.device[k]);
  for (const k of ['offline', 'online', 'slow', 'fail', 'heal']) later(device.network, k, (k) => M.driverWords.network[k]);
  for (const k of ['onModal', 'onActionSheet', 'onAuthorize']) later(device.ui, k, (k) => M.driverWords.ui[k]);
  M.provided = {
    'miniprogram-automator': () => (M.lazy('driver'), M.automator),
    path: () => (M.lazy('node_path'), M.nodePath),
  };

  // What a test file of this order finds: where it is, and the apps that it may launch.
  M.deviceFor = ({ path, app, appRoot, folder, workingFolder }) => {
    Object.assign(M, { testedApp: app, workingFolder });
    // The test finds its folder as __dirname; the app must not.
    M.testFile(path, folder || '', appRoot || '', workingFolder || '');
    later(G, 'automator', () => M.automator);
  };
})
