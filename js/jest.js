// The global `jest` (also `vi`), for suites that were written for it.
(function (M) {
  'use strict';
  for (const file of ['mocks', 'fake_timers']) M.lazy(file);
  const refuse = (name, instead) => () => {
    throw new Error('jest.' + name + ' is not offered: ' + instead);
  };
  const modules = "modules are the app's own and stay as they are; spyOn(require('...'), 'name') replaces what one exports";

  M.jest = (settings) => {
    const jest = {};
    const chain = (act) => (...a) => (act(...a), jest);
    return Object.assign(jest, M.mocks, M.fakeTimers(jest), {
      setTimeout: chain((ms) => { settings.timeout = ms; }),
      retryTimes: chain((times) => { settings.retry = times; }),
      now: () => Date.now(),
      mock: refuse('mock', modules),
      doMock: refuse('doMock', modules),
      unmock: refuse('unmock', modules),
      dontMock: refuse('dontMock', modules),
      setMock: refuse('setMock', modules),
      requireMock: refuse('requireMock', modules),
      ...Object.fromEntries(['runAllTicks', 'runAllImmediates'].map((name) => [name, refuse(name, 'the engine has no such queue; await what the test waits for')])),
      ...Object.fromEntries(['createMockFromModule', 'genMockFromModule', 'enableAutomock', 'disableAutomock', 'deepUnmock', 'isolateModulesAsync'].map((name) => [name, refuse(name, modules)])),
      requireActual: (path) => M.suiteRequire(String(path)),
      resetModules: refuse('resetModules', 'a world is never reused; put the tests into files of their own'),
      isolateModules: refuse('isolateModules', 'a world is never reused; put the tests into files of their own'),
    });
  };
})
