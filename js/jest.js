// The global `jest` (also `vi`), for suites that were written for it.
(function (M) {
  'use strict';
  for (const file of ['mocks', 'fake_timers']) M.lazy(file);
  const refuse = (name, instead) => () => {
    throw new Error('jest.' + name + ' is not offered: ' + instead);
  };
  const modules = "jest.mock(path, factory) replaces a module that nothing has loaded yet, spyOn(require(path), 'name') what one exports";

  // What a module exports, its functions replaced by mock functions.
  const mockOf = (v) => {
    if (typeof v === 'function') return M.mocks.fn();
    if (v === null || typeof v !== 'object' || Array.isArray(v)) return v;
    const made = {};
    for (const k of Object.keys(v)) made[k] = mockOf(v[k]);
    return '__esModule' in v ? Object.defineProperty(made, '__esModule', { value: true }) : made;
  };

  function mock(request, factory) {
    const path = M.suiteFind(String(request));
    if (!path) {
      throw new Error("jest.mock('" + request + "') comes too late: that module runs already, of the app from its start, or because it was required or " +
        "imported before; spyOn(require('" + request + "'), 'name') replaces what it exports");
    }
    M.mockModule(path, typeof factory === 'function' ? factory() : mockOf(M.suiteRequire(path)));
  }

  M.jest = (settings) => {
    const jest = {};
    const chain = (act) => (...a) => (act(...a), jest);
    return Object.assign(jest, M.mocks, M.fakeTimers(jest), {
      setTimeout: chain((ms) => { settings.timeout = ms; }),
      retryTimes: chain((times) => { settings.retry = times; }),
      now: () => Date.now(),
      mock: chain(mock),
      doMock: chain(mock),
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
