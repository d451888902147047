// Equality of the test runner: deep comparison, and the values that match instead of being equal.
(function (M) {
  'use strict';
  const str = (v) => Object.prototype.toString.call(v).slice(8, -1);
  const has = (o, k) => Object.prototype.hasOwnProperty.call(o, k);
  const isObj = (v) => v !== null && typeof v === 'object';
  const keys = (o) => Reflect.ownKeys(o).filter((k) => Object.prototype.propertyIsEnumerable.call(o, k));
  const bytes = (v) => (v instanceof ArrayBuffer ? new Uint8Array(v) : !ArrayBuffer.isView(v) ? null
    : v instanceof DataView ? new Uint8Array(v.buffer, v.byteOffset, v.byteLength) : v);
  // What `expect.addEqualityTesters` was given.
  const testers = [];

  class Asymmetric {
    constructor(name, sample, test, negated) {
      Object.assign(this, { name, sample, test, negated: !!negated });
    }
    asymmetricMatch(v) {
      return !!this.test(v) !== this.negated;
    }
  }
  const asymmetric = (v) => isObj(v) && typeof v.asymmetricMatch === 'function';

  // `strict` also sees undefined properties, holes and classes.
  function equal(a, b, strict, seen = []) {
    if (asymmetric(b)) return asymmetric(a) ? Object.is(a, b) || b.asymmetricMatch(a) : b.asymmetricMatch(a);
    if (asymmetric(a)) return a.asymmetricMatch(b);
    for (const tester of testers) {
      const said = tester.call({ equals: equal }, a, b, testers);
      if (said !== undefined) return said;
    }
    if (Object.is(a, b)) return true;
    if (!isObj(a) || !isObj(b) || str(a) !== str(b)) return false;
    if (strict && Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
    if (seen.some((p) => p[0] === a && p[1] === b)) return true;
    seen = seen.concat([[a, b]]);
    return contentsEqual(a, b, strict, (x, y) => equal(x, y, strict, seen));
  }

  function contentsEqual(a, b, strict, eq) {
    if (a instanceof Date) return Object.is(+a, +b);
    if (a instanceof RegExp) return String(a) === String(b) && a.lastIndex === b.lastIndex;
    if (a instanceof Error) return a.message === b.message && a.name === b.name && eq(a.cause, b.cause) && eq(a.errors, b.errors);
    if (/^(String|Number|Boolean|Symbol|BigInt)$/.test(str(a))) return Object.is(a.valueOf(), b.valueOf());
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
    const ka = keys(a), kb = keys(b);
    if (strict && !(ka.every((k) => has(b, k)) && kb.every((k) => has(a, k)))) return false;
    return [...new Set([...ka, ...kb])].every((k) => eq(a[k], b[k]));
  }

  // What `b` names is in `a` and matches; elements of lists one by one.
  function contains(a, b, seen = []) {
    if (asymmetric(b)) return b.asymmetricMatch(a);
    if (Array.isArray(b)) return Array.isArray(a) && a.length === b.length && b.every((v, i) => contains(a[i], v, seen));
    if (str(b) !== 'Object' || seen.includes(b)) return equal(a, b);
    return isObj(a) && keys(b).every((k) => k in a && contains(a[k], b[k], seen.concat([b])));
  }

  // Whether a text matches, whatever an expression with a state has seen before.
  function found(pattern, text) {
    const at = pattern.lastIndex;
    pattern.lastIndex = 0;
    const yes = pattern.test(text);
    pattern.lastIndex = at;
    return yes;
  }

  M.equality = { Asymmetric, asymmetric, equal, contains, found, keys, has, isObj, str, bytes, testers };
})
