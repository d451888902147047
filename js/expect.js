// expect(): what is expected of a value, in words of the matchers.
(function (M) {
  'use strict';
  for (const file of ['matchers', 'snapshots']) M.lazy(file);
  const { Asymmetric, equal, contains, found, isObj, keys, testers } = M.equality;
  const { show, pretty, serializers } = M.show;
  const { all, misused, AssertionError } = M.matchers;
  const count = { done: 0, want: undefined, some: false };

  class Expectation {
    constructor(value, negated, promise) {
      Object.assign(this, { value, negated, promise, rejected: false });
    }
    get not() {
      return new Expectation(this.value, !this.negated, this.promise);
    }
    get resolves() {
      return new Expectation(this.value, this.negated, 'resolves');
    }
    get rejects() {
      return new Expectation(this.value, this.negated, 'rejects');
    }
  }

  function finish(e, name, result) {
    count.done++;
    if (!!result.pass !== e.negated) return undefined;
    if (result.message) throw Object.assign(new AssertionError(typeof result.message === 'function' ? result.message() : result.message), result.error);
    const [expected, received] = result.texts();
    const label = 'expect(received)' + (e.promise ? '.' + e.promise : '') + (e.negated ? '.not.' : '.') + name + ' failed';
    const hint = result.hint || (result.exact && !e.negated && expected === received ? ' (equal in content, not the same object)' : '');
    throw new AssertionError(label + hint, (e.negated ? 'not ' : '') + expected, received);
  }

  // How the promise ended, which has to be as the matcher wants.
  async function settled(e) {
    const promise = typeof e.value === 'function' ? e.value() : e.value;
    if (!isObj(promise) || typeof promise.then !== 'function') misused('expect(...).' + e.promise + ' needs a promise, not ' + show(promise));
    let value, rejected = false;
    try {
      value = await promise;
    } catch (error) {
      rejected = true;
      value = error;
    }
    if (rejected !== (e.promise === 'rejects')) {
      throw new AssertionError('the promise was ' + (rejected ? 'rejected' : 'fulfilled'), rejected ? 'fulfilment' : 'a rejection', show(value));
    }
    return Object.assign(e, { value, rejected });
  }

  function define(name, matcher) {
    const apply = (e, a) => {
      const result = matcher.call(e, e.value, ...a);
      return result && typeof result.then === 'function' ? result.then((r) => finish(e, name, r)) : finish(e, name, result);
    };
    Expectation.prototype[name] = function (...a) {
      if (!this.promise) return apply(this, a);
      // What is thrown later has no frame of the test any more.
      const stack = this.stack = new Error().stack;
      return settled(this).then((e) => apply(e, a)).catch((error) => {
        if (error instanceof AssertionError) Object.defineProperty(error, 'stack', { value: stack, configurable: true });
        throw error;
      });
    };
  }
  for (const name of Object.keys(all)) define(name, all[name]);
  for (const name of Object.keys(M.snapshots.matchers)) define(name, M.snapshots.matchers[name]);

  const expect = (value) => new Expectation(value, false, '');

  const prim = { String: 'string', Number: 'number', Boolean: 'boolean', Function: 'function', BigInt: 'bigint', Symbol: 'symbol' };
  const isAny = (v, C) => v instanceof C || (prim[C.name] ? typeof v === prim[C.name] : C === Object && typeof v === 'object');
  const matches = (v, p) => typeof v === 'string' && (p instanceof RegExp ? found(p, v) : v.includes(p));
  const asymmetric = (negated) => ({
    objectContaining: (o) => new Asymmetric('ObjectContaining', o, (v) => isObj(v) && keys(o).every((k) => k in v && equal(v[k], o[k])), negated),
    arrayContaining: (a) => new Asymmetric('ArrayContaining', a, (v) => Array.isArray(v) && a.every((x) => v.some((y) => equal(y, x))), negated),
    arrayOf: (x) => new Asymmetric('ArrayOf', x, (v) => Array.isArray(v) && v.every((y) => equal(y, x)), negated),
    stringMatching: (p) => new Asymmetric('StringMatching', p, (v) => matches(v, p), negated),
    stringContaining: (p) => new Asymmetric('StringContaining', p, (v) => typeof v === 'string' && v.includes(p), negated),
    closeTo: (n, digits = 2) => new Asymmetric('CloseTo', n, (v) => typeof v === 'number' && (v === n || Math.abs(v - n) < 10 ** -digits / 2), negated),
  });

  const plain = (text) => text;
  const utils = {
    stringify: (v) => show(v), printExpected: (v) => show(v), printReceived: (v) => show(v), printWithType: (name, v, print) => print(v),
    matcherHint: (name, received = 'received', expected = 'expected', o = {}) =>
      'expect(' + received + ').' + (o.promise ? o.promise + '.' : '') + (o.isNot ? 'not.' : '') + name + '(' + expected + ')',
    diff: (a, b) => 'expected: ' + pretty(a) + '\nreceived: ' + pretty(b),
    EXPECTED_COLOR: plain, RECEIVED_COLOR: plain, DIM_COLOR: plain, BOLD_WEIGHT: plain,
    iterableEquality: () => undefined, subsetEquality: contains,
  };
  const told = (e) => ({
    isNot: e.negated, promise: e.promise, equals: (a, b) => equal(a, b), utils, customTesters: testers, expand: false,
    error: undefined, currentTestName: M.snapshots.testName(), testPath: M.snapshots.path(), dontThrow() {},
  });

  // A matcher of the test's own: also asymmetric, as expect.itsName(...).
  function extend(more) {
    for (const name of Object.keys(more)) {
      define(name, function (v, ...a) {
        return more[name].call(told(this), v, ...a);
      });
      const made = (negated) => (...a) => new Asymmetric(name, a.length ? a[0] : undefined, (v) => more[name].call(told({ negated, promise: '' }), v, ...a).pass, negated);
      expect[name] = made(false);
      expect.not[name] = made(true);
    }
  }

  Object.assign(expect, asymmetric(false), {
    not: asymmetric(true),
    any(C) {
      if (typeof C !== 'function') misused('expect.any needs a constructor, such as Number');
      return new Asymmetric('Any', C, (v) => isAny(v, C));
    },
    anything: () => new Asymmetric('Anything', undefined, (v) => v !== null && v !== undefined),
    extend,
    assertions: (n) => { count.want = n; },
    hasAssertions: () => { count.some = true; },
    unreachable: (message) => misused(message || 'the test came to a place that it must not come to'),
    addEqualityTesters: (list) => void testers.push(...list),
    addSnapshotSerializer: (serializer) => void serializers.unshift(serializer),
    getState: () => ({ assertionCalls: count.done, currentTestName: M.snapshots.testName(), testPath: M.snapshots.path() }),
  });

  M.expect = { expect, count };
})
