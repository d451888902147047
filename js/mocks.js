// Mock functions and spies of the test runner.
(function (M) {
  'use strict';
  const has = (o, k) => Object.prototype.hasOwnProperty.call(o, k);
  const mocks = [], restores = [];
  let order = 0;
  const fresh = () => ({ calls: [], instances: [], contexts: [], invocationCallOrder: [], results: [], lastCall: undefined });

  // Calls what was given for one call, then what was given for all.
  function answer(f, state, self, args, target) {
    const run = state.once.length ? state.once.shift() : state.impl;
    if (!run) return undefined;
    return target && /^class\b/.test(Function.prototype.toString.call(run)) ? Reflect.construct(run, args, target) : run.apply(self, args);
  }

  function fn(impl) {
    const state = { impl, once: [], name: '' };
    const f = function (...a) {
      const mock = f.mock, result = { type: 'incomplete', value: undefined };
      mock.calls.push(a);
      mock.lastCall = a;
      mock.instances.push(this);
      mock.contexts.push(this);
      mock.invocationCallOrder.push(++order);
      mock.results.push(result);
      try {
        result.value = answer(f, state, this, a, new.target);
        result.type = 'return';
        return result.value;
      } catch (e) {
        Object.assign(result, { type: 'throw', value: e });
        throw e;
      }
    };
    f._isMockFunction = true;
    f.mock = fresh();
    mocks.push(f);
    return Object.assign(f, tools(f, state));
  }

  function tools(f, state) {
    const set = (act) => (...a) => (act(...a), f);
    const always = (make) => set((v) => { state.impl = make(v); });
    const once = (make) => set((v) => { state.once.push(make(v)); });
    const made = {
      returns: (v) => () => v,
      resolves: (v) => () => Promise.resolve(v),
      rejects: (v) => () => Promise.reject(v),
      is: (g) => g,
    };
    return {
      getMockName: () => state.name || 'jest.fn()',
      getMockImplementation: () => state.impl,
      mockName: set((name) => { state.name = name; }),
      mockClear: set(() => { f.mock = fresh(); }),
      mockReset: set(() => { f.mock = fresh(); state.impl = undefined; state.once.length = 0; }),
      mockRestore: () => void f.mockReset(),
      mockImplementation: always(made.is),
      mockImplementationOnce: once(made.is),
      mockReturnThis: set(() => { state.impl = function () { return this; }; }),
      mockReturnValue: always(made.returns),
      mockReturnValueOnce: once(made.returns),
      mockResolvedValue: always(made.resolves),
      mockResolvedValueOnce: once(made.resolves),
      mockRejectedValue: always(made.rejects),
      mockRejectedValueOnce: once(made.rejects),
      withImplementation(g, run) {
        const { impl, once: queue } = state, back = () => { state.impl = impl; state.once = queue; };
        Object.assign(state, { impl: g, once: [] });
        let done;
        try {
          done = run();
        } catch (e) {
          back();
          throw e;
        }
        if (done && typeof done.then === 'function') return done.then(back, (e) => { back(); throw e; });
        back();
        return undefined;
      },
    };
  }

  // Puts `value` (as a descriptor) in the place of a property, and gives what puts the old one back.
  function replace(object, name, descriptor) {
    const own = has(object, name), before = Object.getOwnPropertyDescriptor(object, name);
    if (own && !before.configurable && !(before.writable && 'value' in descriptor)) throw new TypeError('the property ' + String(name) + ' cannot be replaced');
    if (own && !before.configurable) object[name] = descriptor.value;
    else Object.defineProperty(object, name, Object.assign({ configurable: true, enumerable: own ? before.enumerable : true }, descriptor));
    const restore = () => {
      if (!own) delete object[name];
      else if (before.configurable) Object.defineProperty(object, name, before);
      else object[name] = before.value;
      const at = restores.indexOf(restore);
      if (at >= 0) restores.splice(at, 1);
    };
    restores.push(restore);
    return restore;
  }

  function descriptorOf(object, name) {
    for (let o = object; o !== null && o !== undefined; o = Object.getPrototypeOf(o)) {
      const found = Object.getOwnPropertyDescriptor(o, name);
      if (found) return found;
    }
    return undefined;
  }

  function spyOn(object, name, access) {
    if (object === null || (typeof object !== 'object' && typeof object !== 'function')) throw new TypeError('spyOn needs an object, not ' + object);
    if (access) return spyOnAccess(object, name, access);
    const original = object[name];
    if (typeof original !== 'function') throw new TypeError('spyOn needs a method: the property ' + String(name) + ' is ' + (original === undefined ? 'not there' : 'no function'));
    if (original._isMockFunction) return original;
    const spy = fn(function (...a) { return original.apply(this, a); });
    spy.mockName(String(name));
    const restore = replace(object, name, { value: spy, writable: true });
    spy.mockRestore = () => { spy.mockReset(); restore(); };
    return spy;
  }

  function spyOnAccess(object, name, access) {
    const found = descriptorOf(object, name);
    if (access !== 'get' && access !== 'set') throw new TypeError("spyOn takes 'get' or 'set', not " + access);
    if (!found || !found[access]) throw new TypeError('the property ' + String(name) + ' has no ' + access + 'ter');
    if (found[access]._isMockFunction) return found[access];
    const original = found[access];
    const spy = fn(function (...a) { return original.apply(this, a); });
    const restore = replace(object, name, { get: found.get, set: found.set, [access]: spy });
    spy.mockRestore = () => { spy.mockReset(); restore(); };
    return spy;
  }

  function replaceProperty(object, name, value) {
    if (!(name in object)) throw new TypeError('the property ' + String(name) + ' is not there');
    if (typeof object[name] === 'function') throw new TypeError('the property ' + String(name) + ' is a function: use spyOn');
    const restore = replace(object, name, { value, writable: true });
    const replaced = { replaceValue: (v) => { object[name] = v; return replaced; }, restore };
    return replaced;
  }

  const all = (act) => function () {
    mocks.forEach(act);
    return this;
  };
  M.mocks = {
    fn,
    spyOn,
    replaceProperty,
    isMockFunction: (f) => !!f && f._isMockFunction === true,
    mocked: (value) => value,
    clearAllMocks: all((f) => f.mockClear()),
    resetAllMocks: all((f) => f.mockReset()),
    restoreAllMocks() {
      restores.slice().reverse().forEach((restore) => restore());
      return this;
    },
  };
})
