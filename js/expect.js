// expect(): equality, matchers and mock functions of the test runner.
(function (M) {
  'use strict';
  const str = (v) => Object.prototype.toString.call(v).slice(8, -1);
  const has = (o, k) => Object.prototype.hasOwnProperty.call(o, k);
  const isObj = (v) => v !== null && typeof v === 'object';
  const keys = (o) => Reflect.ownKeys(o).filter((k) => Object.prototype.propertyIsEnumerable.call(o, k));
  const bytes = (v) => (v instanceof ArrayBuffer ? new Uint8Array(v) : ArrayBuffer.isView(v) && !(v instanceof DataView) ? v : null);

  class Asymmetric {
    constructor(name, sample, test, negated) {
      Object.assign(this, { name, sample, test, negated });
    }
    match(v) {
      return !!this.test(v) !== !!this.negated;
    }
  }

  function equal(a, b, strict, seen = []) {
    if (b instanceof Asymmetric) return b.match(a);
    if (a instanceof Asymmetric) return a.match(b);
    if (Object.is(a, b)) return true;
    if (!isObj(a) || !isObj(b) || str(a) !== str(b)) return false;
    if (strict && Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
    if (seen.some((p) => p[0] === a && p[1] === b)) return true;
    seen = seen.concat([[a, b]]);
    const eq = (x, y) => equal(x, y, strict, seen);
    if (a instanceof Date) return Object.is(+a, +b);
    if (a instanceof RegExp) return String(a) === String(b);
    if (a instanceof Error) return a.message === b.message && a.name === b.name;
    if (/^(String|Number|Boolean)$/.test(str(a))) return Object.is(a.valueOf(), b.valueOf());
    const x = bytes(a);
    if (x) {
      const y = bytes(b);
      return x.length === y.length && x.every((n, i) => Object.is(n, y[i]));
    }
    if (a instanceof Map || a instanceof Set) {
      const rest = [...b];
      return a.size === b.size && [...a].every((e) => {
        const i = rest.findIndex((o) => eq(e, o));
        return i >= 0 && rest.splice(i, 1);
      });
    }
    if (Array.isArray(a) && a.length !== b.length) return false;
    const known = (o) => keys(o).filter((k) => strict || o[k] !== undefined);
    const ka = known(a), kb = known(b);
    return kb.every((k) => strict ? has(a, k) : true) && ka.every((k) => has(b, k) || !strict) &&
      [...new Set([...ka, ...kb])].every((k) => eq(a[k], b[k]));
  }

  function contains(a, b) {
    if (b instanceof Asymmetric) return b.match(a);
    if (Array.isArray(b)) return Array.isArray(a) && a.length === b.length && b.every((v, i) => contains(a[i], v));
    if (str(b) !== 'Object') return equal(a, b);
    return isObj(a) && keys(b).every((k) => k in a && contains(a[k], b[k]));
  }

  function show(v, pad, seen = []) {
    if (v instanceof Asymmetric) return (v.negated ? 'Not' : '') + v.name + (v.sample === undefined ? '' : '<' + (typeof v.sample === 'function' ? v.sample.name : show(v.sample, undefined, seen)) + '>');
    if (typeof v === 'string') return JSON.stringify(v);
    if (typeof v === 'function') return '[Function ' + (v.name || 'anonymous') + ']';
    if (typeof v === 'bigint') return v + 'n';
    if (!isObj(v)) return Object.is(v, -0) ? '-0' : String(v);
    if (v instanceof Error) return '[' + v.name + ': ' + v.message + ']';
    if (v instanceof RegExp) return String(v);
    if (v instanceof Date) return isNaN(v) ? 'Invalid Date' : v.toISOString();
    if (v instanceof Promise) return 'Promise {}';
    if (seen.includes(v)) return '[Circular]';
    seen = seen.concat([v]);
    const inner = pad === undefined ? undefined : pad + '  ';
    const sub = (x) => show(x, inner, seen);
    const list = (open, items, close) => !items.length ? open + close : inner === undefined
      ? open + (open.endsWith('{') ? ' ' : '') + items.join(', ') + (close === '}' ? ' ' : '') + close
      : open + items.map((i) => '\n' + inner + i + ',').join('') + '\n' + pad + close;
    const b = bytes(v);
    if (b) return list(str(v) + ' [', Array.from(b, String), ']');
    if (Array.isArray(v)) return list('[', Array.from(v, sub), ']');
    if (v instanceof Set) return list('Set {', [...v].map(sub), '}');
    if (v instanceof Map) return list('Map {', [...v].map(([k, x]) => sub(k) + ' => ' + sub(x)), '}');
    const of = Object.getPrototypeOf(v), name = of && of !== Object.prototype && of.constructor && of.constructor.name;
    const key = (k) => (typeof k === 'string' && /^[A-Za-z_$][\w$]*$/.test(k) ? k : typeof k === 'string' ? JSON.stringify(k) : String(k));
    return list((name && name !== 'Object' ? name + ' ' : '') + '{', keys(v).map((k) => key(k) + ': ' + sub(v[k])), '}');
  }

  function both(expected, received) {
    const one = [show(expected), show(received)];
    return one.some((s) => s.length > 72) ? [show(expected, ''), show(received, '')] : one;
  }

  class AssertionError extends Error {
    constructor(message, expected, received) {
      super(message);
      this.name = 'AssertionError';
      if (expected !== undefined) Object.assign(this, { expected, received });
    }
  }

  function compared(pass, expected, received, exact) {
    const [e, r] = both(expected, received);
    return { pass, expected: e, received: r, exact };
  }
  const said = (pass, expected, received) => ({ pass, expected, received: typeof received === 'string' ? received : show(received.v) });
  const is = (test, word) => (v) => said(test(v), word, { v });
  const than = (test, word) => (v, n) => said(test(v, n), word + ' ' + show(n), { v });
  const mock = (f) => {
    if (!f || !f.mock) throw new AssertionError('not a mock function: ' + show(f));
    return f.mock;
  };
  const calls = (m) => (m.calls.length ? m.calls.map((c) => '(' + c.map((a) => show(a)).join(', ') + ')').join('\n') : 'no calls');
  const args = (a) => '(' + a.map((x) => show(x)).join(', ') + ')';

  function thrown(f, want, isPromise) {
    let error, did = isPromise;
    if (isPromise) error = f;
    else {
      if (typeof f !== 'function') throw new AssertionError('toThrow needs a function, not ' + show(f));
      try {
        f();
      } catch (e) {
        error = e;
        did = true;
      }
    }
    const text = isObj(error) && 'message' in error ? error.message : String(error);
    const received = did ? show(error) : 'nothing was thrown';
    if (want === undefined) return said(did, 'something thrown', received);
    if (typeof want === 'string') return said(did && text.includes(want), 'error whose message includes ' + show(want), received);
    if (want instanceof RegExp) return said(did && want.test(text), 'error whose message matches ' + want, received);
    if (want instanceof Asymmetric) return said(did && want.match(error), show(want), received);
    if (typeof want === 'function') return said(did && error instanceof want, 'instance of ' + want.name, received);
    return said(did && text === want.message, 'error with message ' + show(want.message), received);
  }

  function path(o, p) {
    const parts = Array.isArray(p) ? p : String(p).replace(/\[(\w+)\]/g, '.$1').split('.');
    for (const k of parts) {
      if (o === null || o === undefined || !(k in Object(o))) return [false];
      o = o[k];
    }
    return [true, o];
  }

  const matchers = {
    toBe: (v, e) => compared(Object.is(v, e), e, v, true),
    toEqual: (v, e) => compared(equal(v, e), e, v),
    toStrictEqual: (v, e) => compared(equal(v, e, true), e, v),
    toMatchObject: (v, e) => compared(contains(v, e), e, v),
    toContain: (v, e) => compared(typeof v === 'string' ? v.includes(e) : Array.from(v).some((x) => Object.is(x, e) || x === e), e, v),
    toContainEqual: (v, e) => compared(Array.from(v).some((x) => equal(x, e)), e, v),
    toHaveLength: (v, n) => said(v !== null && v !== undefined && v.length === n, 'length ' + n, 'length ' + (v && v.length) + ' of ' + show(v)),
    toHaveProperty(v, p, ...e) {
      const [found, x] = path(v, p);
      return said(found && (!e.length || equal(x, e[0])), 'property ' + show(p) + (e.length ? ' equal to ' + show(e[0]) : ''), found ? show(x) : 'no such property in ' + show(v));
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
    toBeCloseTo: (v, n, digits = 2) => said(v === n || Math.abs(v - n) < 10 ** -digits / 2, 'about ' + n, { v }),
    toBeInstanceOf: (v, C) => said(v instanceof C, 'instance of ' + C.name, { v }),
    toMatch: (v, p) => said(typeof v === 'string' && (p instanceof RegExp ? p.test(v) : v.includes(p)), 'string matching ' + show(p), { v }),
    toHaveBeenCalled: (f) => said(mock(f).calls.length > 0, 'a call', calls(mock(f))),
    toHaveBeenCalledTimes: (f, n) => said(mock(f).calls.length === n, n + ' calls', mock(f).calls.length + ' calls\n' + calls(mock(f))),
    toHaveBeenCalledWith: (f, ...a) => said(mock(f).calls.some((c) => equal(c, a)), args(a), calls(mock(f))),
    toHaveBeenLastCalledWith: (f, ...a) => said(equal(mock(f).calls[mock(f).calls.length - 1], a), args(a) + ' last', calls(mock(f))),
    toHaveBeenNthCalledWith: (f, n, ...a) => said(equal(mock(f).calls[n - 1], a), args(a) + ' as call ' + n, calls(mock(f))),
    toHaveReturned: (f) => said(mock(f).results.some((r) => r.type === 'return'), 'a return', calls(mock(f))),
    toHaveReturnedWith: (f, e) => said(mock(f).results.some((r) => r.type === 'return' && equal(r.value, e)), show(e) + ' returned', show(mock(f).results)),
  };

  const count = { done: 0 };
  function check(name, negated, result, label) {
    count.done++;
    if (!!result.pass !== negated) return;
    const not = negated ? 'not.' : '';
    const hint = result.exact && !negated && result.expected === result.received ? ' (equal in content, not the same object)' : '';
    throw new AssertionError(label + '.' + not + name + ' failed' + hint, (negated ? 'not ' : '') + result.expected, result.received);
  }

  function expectations(value, label, negated, fromPromise) {
    const made = {};
    for (const name of Object.keys(matchers)) {
      made[name] = (...a) => {
        const settle = fromPromise || ((run) => run(value, false));
        return settle((v, rejected) => check(name, negated, name.startsWith('toThrow') ? thrown(v, a[0], rejected) : matchers[name](v, ...a), label));
      };
    }
    return made;
  }
  matchers.toThrow = thrown;
  matchers.toThrowError = thrown;

  function promised(value, wantRejection) {
    return async (run) => {
      const p = typeof value === 'function' ? value() : value;
      let result, rejected = false;
      try {
        result = await p;
      } catch (e) {
        rejected = true;
        result = e;
      }
      if (rejected !== wantRejection) {
        throw new AssertionError('the promise was ' + (rejected ? 'rejected' : 'fulfilled'), wantRejection ? 'a rejection' : 'fulfilment', show(result));
      }
      return run(result, rejected);
    };
  }

  function expect(value) {
    const side = (label, from) => Object.assign(expectations(value, label, false, from), { not: expectations(value, label, true, from) });
    const made = side('expect(received)');
    Object.defineProperty(made, 'resolves', { get: () => side('expect(received).resolves', promised(value, false)) });
    Object.defineProperty(made, 'rejects', { get: () => side('expect(received).rejects', promised(value, true)) });
    return made;
  }

  const prim = { String: 'string', Number: 'number', Boolean: 'boolean', Function: 'function', BigInt: 'bigint', Symbol: 'symbol' };
  const asymmetric = (negated) => ({
    objectContaining: (o) => new Asymmetric('ObjectContaining', o, (v) => isObj(v) && keys(o).every((k) => k in v && equal(v[k], o[k])), negated),
    arrayContaining: (a) => new Asymmetric('ArrayContaining', a, (v) => Array.isArray(v) && a.every((x) => v.some((y) => equal(y, x))), negated),
    stringMatching: (p) => new Asymmetric('StringMatching', p, (v) => typeof v === 'string' && (p instanceof RegExp ? p.test(v) : v.includes(p)), negated),
    stringContaining: (p) => new Asymmetric('StringContaining', p, (v) => typeof v === 'string' && v.includes(p), negated),
    closeTo: (n, digits = 2) => new Asymmetric('CloseTo', n, (v) => Math.abs(v - n) < 10 ** -digits / 2, negated),
  });
  Object.assign(expect, asymmetric(false), {
    not: asymmetric(true),
    any: (C) => new Asymmetric('Any', C, (v) => (prim[C.name] ? typeof v === prim[C.name] : C === Object ? isObj(v) : false) || v instanceof C),
    anything: () => new Asymmetric('Anything', undefined, (v) => v !== null && v !== undefined),
    extend(more) {
      for (const k of Object.keys(more)) {
        matchers[k] = (v, ...a) => {
          const r = more[k].call({ equals: equal }, v, ...a);
          return said(r.pass, typeof r.message === 'function' ? r.message() : k, { v });
        };
      }
    },
    assertions: (n) => { count.want = n; },
    hasAssertions: () => { count.some = true; },
  });

  function fn(impl) {
    const once = [];
    const f = function (...a) {
      const run = once.length ? once.shift() : impl;
      f.mock.calls.push(a);
      f.mock.instances.push(this);
      const result = { type: 'incomplete', value: undefined };
      f.mock.results.push(result);
      try {
        result.value = run ? run.apply(this, a) : undefined;
        result.type = 'return';
        return result.value;
      } catch (e) {
        Object.assign(result, { type: 'throw', value: e });
        throw e;
      }
    };
    const chain = (act) => (x) => (act(x), f);
    return Object.assign(f, {
      mock: { calls: [], instances: [], results: [] },
      mockClear: chain(() => { f.mock = { calls: [], instances: [], results: [] }; }),
      mockReset: chain(() => { f.mockClear(); impl = undefined; once.length = 0; }),
      mockImplementation: chain((g) => { impl = g; }),
      mockImplementationOnce: chain((g) => { once.push(g); }),
      mockReturnValue: chain((v) => { impl = () => v; }),
      mockReturnValueOnce: chain((v) => { once.push(() => v); }),
      mockResolvedValue: chain((v) => { impl = () => Promise.resolve(v); }),
      mockRejectedValue: chain((v) => { impl = () => Promise.reject(v); }),
    });
  }

  function spyOn(object, name) {
    const own = has(object, name), original = object[name];
    const spy = fn(original);
    spy.mockRestore = () => {
      if (own) object[name] = original;
      else delete object[name];
    };
    object[name] = spy;
    return spy;
  }

  M.expect = { expect, fn, spyOn, show, count, AssertionError };
})
