// The matchers of expect(). Each gives whether it holds, and on demand what was wanted and what came.
(function (M) {
  'use strict';
  M.lazy('equality');
  M.lazy('show');
  const { asymmetric, equal, contains, found, isObj } = M.equality;
  const { show } = M.show;

  // A test that failed because of what it expected.
  class AssertionError extends Error {
    constructor(message, expected, received) {
      super(message);
      this.name = 'AssertionError';
      if (expected !== undefined) Object.assign(this, { expected, received });
    }
  }
  const misused = (text) => { throw new AssertionError(text); };

  function both(expected, received) {
    const one = [show(expected), show(received)];
    return one.some((s) => s.length > 72) ? [show(expected, ''), show(received, '')] : one;
  }
  const said = (pass, expected, received) => ({ pass, texts: () => [expected(), received()] });
  const compared = (pass, expected, received, exact) => ({ pass, texts: () => both(expected, received), exact });
  // The most common misuse passes for the wrong reason, so that it is refused.
  const is = (test, word) => (v, ...more) => (more.length && more[0] !== undefined ? misused('this matcher takes no argument, and was given ' + show(more[0])) : said(test(v), () => word, () => show(v)));
  const whole = (n, name) => (Number.isInteger(n) && n >= 0 ? n : misused(name + ' needs a whole number, not ' + show(n)));
  const numeric = (v) => typeof v === 'number' || typeof v === 'bigint';
  const than = (test, word) => (v, n) => {
    if (!numeric(v) || !numeric(n)) misused('only numbers can be compared: ' + show(v) + ' ' + word + ' ' + show(n));
    return said(test(v, n), () => word + ' ' + show(n), () => show(v));
  };

  function thrown(f, want) {
    let error = f, did = this.rejected;
    if (!did) {
      if (typeof f !== 'function') misused('toThrow needs a function, not ' + show(f));
      try {
        f();
      } catch (e) {
        error = e;
        did = true;
      }
    }
    const text = isObj(error) && 'message' in error ? String(error.message) : String(error);
    const result = (pass, word) => said(did && pass, () => word, () => (did ? show(error) : 'nothing was thrown'));
    if (want === undefined) return result(true, 'something thrown');
    if (typeof want === 'string') return result(text.includes(want), 'error whose message includes ' + show(want));
    if (want instanceof RegExp) return result(found(want, text), 'error whose message matches ' + want);
    if (asymmetric(want)) return result(did && want.asymmetricMatch(error), show(want));
    if (typeof want === 'function') return result(error instanceof want, 'instance of ' + want.name);
    return result(text === want.message, 'error with message ' + show(want.message));
  }

  function at(o, p) {
    const parts = Array.isArray(p) ? p : String(p).replace(/\[([^\]]+)\]/g, '.$1').split('.').filter((k) => k !== '');
    for (const k of parts) {
      if (o === null || o === undefined || !(k in Object(o))) return [false];
      o = o[k];
    }
    return [true, o];
  }

  function toContain(v, x) {
    if (v === null || v === undefined || (typeof v !== 'string' && typeof v[Symbol.iterator] !== 'function' && !(v.length >= 0))) misused('toContain needs a list or a text, not ' + show(v));
    if (typeof v === 'string' && typeof x !== 'string') misused('a text contains texts only, not ' + show(x));
    const found = typeof v === 'string' ? v.includes(x) : Array.from(v).includes(x);
    return said(found, () => 'something with ' + show(x), () => show(v));
  }

  const values = {
    toBe: (v, e) => compared(Object.is(v, e), e, v, true),
    toEqual: (v, e) => compared(equal(v, e), e, v),
    toStrictEqual: (v, e) => compared(equal(v, e, true), e, v),
    toMatchObject: (v, e) => (isObj(e) ? compared(contains(v, e), e, v) : misused('toMatchObject needs an object, not ' + show(e))),
    toContain,
    toContainEqual: (v, x) => said(v !== null && v !== undefined && Array.from(v).some((y) => equal(y, x)), () => 'something with an equal of ' + show(x), () => show(v)),
    toHaveLength(v, n) {
      whole(n, 'toHaveLength');
      if (v === null || v === undefined || typeof v.length !== 'number') misused('toHaveLength needs something with a length, not ' + show(v));
      return said(v.length === n, () => 'length ' + n, () => 'length ' + v.length + ' of ' + show(v));
    },
    toHaveProperty(v, p, ...e) {
      if (v === null || v === undefined) misused('toHaveProperty needs an object, not ' + v);
      if (typeof p !== 'string' && !Array.isArray(p)) misused('toHaveProperty needs a path: a text or a list, not ' + show(p));
      const [found, x] = at(v, p);
      return said(found && (!e.length || equal(x, e[0])), () => 'property ' + show(p) + (e.length ? ' equal to ' + show(e[0]) : ''), () => (found ? show(x) : 'no such property in ' + show(v)));
    },
    toBeTruthy: is((v) => !!v, 'a truthy value'),
    toBeFalsy: is((v) => !v, 'a falsy value'),
    toBeNull: is((v) => v === null, 'null'),
    toBeUndefined: is((v) => v === undefined, 'undefined'),
    toBeDefined: is((v) => v !== undefined, 'anything but undefined'),
    toBeNaN: is((v) => Number.isNaN(v), 'NaN'),
    toBeGreaterThan: than((v, n) => v > n, 'more than'),
    toBeGreaterThanOrEqual: than((v, n) => v >= n, 'at least'),
    toBeLessThan: than((v, n) => v < n, 'less than'),
    toBeLessThanOrEqual: than((v, n) => v <= n, 'at most'),
    toBeCloseTo: (v, n, digits = 2) => said(v === n || Math.abs(v - n) < 10 ** -digits / 2, () => 'about ' + n, () => show(v)),
    toBeInstanceOf: (v, C) => (typeof C !== 'function' ? misused('toBeInstanceOf needs a class or a constructor, not ' + show(C)) : said(v instanceof C, () => 'instance of ' + C.name, () => show(v))),
    toBeTypeOf: (v, t) => said(typeof v === t, () => 'type ' + t, () => typeof v + ' ' + show(v)),
    toBeOneOf: (v, list) => said(Array.from(list).some((x) => equal(v, x)), () => 'one of ' + show(list), () => show(v)),
    toSatisfy: (v, test) => said(!!test(v), () => 'something that satisfies ' + show(test), () => show(v)),
    toMatch(v, p) {
      if (typeof v !== 'string') misused('toMatch needs a text, not ' + show(v));
      if (typeof p !== 'string' && !(p instanceof RegExp)) misused('toMatch needs a text or a pattern to look for, not ' + show(p));
      return said(p instanceof RegExp ? found(p, v) : v.includes(p), () => 'string matching ' + show(p), () => show(v));
    },
    toThrow: thrown,
    toThrowError: thrown,
  };

  const mock = (f) => (f && f.mock && f._isMockFunction ? f.mock : misused('not a mock function or spy: ' + show(f)));
  const args = (a) => '(' + a.map((x) => show(x)).join(', ') + ')';
  const calls = (m) => (m.calls.length ? m.calls.map(args).join('\n') : 'no calls');
  const results = (m) => (m.results.length ? m.results.map((r) => r.type + ' ' + show(r.value)).join('\n') : 'no calls');
  const returned = (r, e) => !!r && r.type === 'return' && equal(r.value, e);
  const ofCalls = (test, word) => (f, ...a) => said(test(mock(f), ...a), () => word(...a), () => calls(mock(f)));
  const ofResults = (test, word) => (f, ...a) => said(test(mock(f), ...a), () => word(...a), () => results(mock(f)));
  const returns = (m) => m.results.filter((r) => r.type === 'return').length;

  const spies = {
    toHaveBeenCalled: ofCalls((m) => m.calls.length > 0, () => 'a call'),
    toHaveBeenCalledTimes: ofCalls((m, n) => m.calls.length === whole(n, 'toHaveBeenCalledTimes'), (n) => n + ' calls'),
    toHaveBeenCalledWith: ofCalls((m, ...a) => m.calls.some((c) => equal(c, a)), (...a) => args(a)),
    toHaveBeenCalledExactlyOnceWith: ofCalls((m, ...a) => m.calls.length === 1 && equal(m.calls[0], a), (...a) => args(a) + ' and nothing else'),
    toHaveBeenLastCalledWith: ofCalls((m, ...a) => m.calls.length > 0 && equal(m.lastCall, a), (...a) => args(a) + ' last'),
    toHaveBeenNthCalledWith: ofCalls((m, n, ...a) => n <= m.calls.length && equal(m.calls[n - 1], a), (n, ...a) => args(a) + ' as call ' + n),
    toHaveReturned: ofResults((m) => returns(m) > 0, () => 'a return'),
    toHaveReturnedTimes: ofResults((m, n) => returns(m) === n, (n) => n + ' returns'),
    toHaveReturnedWith: ofResults((m, e) => m.results.some((r) => returned(r, e)), (e) => show(e) + ' returned'),
    toHaveLastReturnedWith: ofResults((m, e) => returned(m.results[m.results.length - 1], e), (e) => show(e) + ' returned last'),
    toHaveNthReturnedWith: ofResults((m, n, e) => returned(m.results[n - 1], e), (n, e) => show(e) + ' returned by call ' + n),
  };
  const ALIASES = {
    toBeCalled: 'toHaveBeenCalled', toBeCalledTimes: 'toHaveBeenCalledTimes', toBeCalledWith: 'toHaveBeenCalledWith',
    lastCalledWith: 'toHaveBeenLastCalledWith', nthCalledWith: 'toHaveBeenNthCalledWith', toReturn: 'toHaveReturned',
    toReturnTimes: 'toHaveReturnedTimes', toReturnWith: 'toHaveReturnedWith', lastReturnedWith: 'toHaveLastReturnedWith',
    nthReturnedWith: 'toHaveNthReturnedWith',
  };
  for (const [alias, name] of Object.entries(ALIASES)) spies[alias] = spies[name];

  M.matchers = { all: Object.assign({}, values, spies), said, misused, AssertionError };
})
