// require: the platform's search rules over the package's script files.
(function (M) {
  'use strict';
  const cache = new Map(), native = M.native;
  let roots, aliases;
  M.onLoad(() => {
    const app = M.appJson;
    roots = (app.subPackages || app.subpackages || []).map(p => p.root.replace(/^\/|\/$/g, '') + '/');
    aliases = Object.entries(app.resolveAlias || {})
      .map(([from, to]) => [from.replace(/\*$/, ''), to.replace(/\*$/, '')]).sort((a, b) => b[0].length - a[0].length);
  });
  const rootOf = path => roots.find(r => path.startsWith(r)) || '';
  const normalise = path => {
    const out = [];
    for (const part of path.split('/')) {
      if (part === '..') out.pop(); else if (part && part !== '.') out.push(part);
    }
    return out.join('/');
  };
  const file = p => [p, p + '.js', p + '.ts', p + '/index.js', p + '/index.ts'].find(c => /\.[jt]s$/.test(c) && M.has(c));
  const resolve = (request, caller) => {
    const alias = aliases.find(a => request.startsWith(a[0]));
    const wanted = alias ? '/' + alias[1] + request.slice(alias[0].length) : request;
    const dir = caller.slice(0, caller.lastIndexOf('/') + 1);
    let found = wanted[0] === '/' ? file(normalise(wanted)) : undefined;
    found = found || file(normalise(dir + '/' + wanted));
    if (found || wanted[0] === '.' ) return found;
    for (let at = dir; ; at = at.slice(0, at.lastIndexOf('/', at.length - 2) + 1)) {
      const base = normalise(at + 'miniprogram_npm/' + wanted);
      found = [base + '/index.js', base + '.js', base].find(c => /\.js$/.test(c) && M.has(c));
      if (found || !at) return found;
    }
  };
  const load = path => {
    const known = cache.get(path);
    if (known) return known.exports;
    const module = { exports: {} };
    cache.set(path, module);
    try {
      native.module(path)(requireFrom(path), module, module.exports);
    } catch (error) { cache.delete(path); throw error; }
    return module.exports;
  };
  const missing = (request, caller) => {
    const dir = caller.slice(0, caller.lastIndexOf('/') + 1), path = normalise(dir + '/' + request);
    return new Error(`module '${/\.js$/.test(path) ? path : path + '.js'}' is not defined, require args is '${request}'`);
  };
  // The part that a module lies in, as far as its name says so: its files may not be there yet.
  const partOf = (request, caller) => {
    const alias = aliases.find(a => request.startsWith(a[0]));
    const wanted = alias ? '/' + alias[1] + request.slice(alias[0].length) : request;
    return wanted[0] === '/' && rootOf(normalise(wanted)) || rootOf(normalise(caller.slice(0, caller.lastIndexOf('/') + 1) + '/' + wanted));
  };
  const later = (request, caller, ok, bad) => {
    const known = typeof request === 'string' && resolve(request, caller);
    const root = (known ? rootOf(known) : typeof request === 'string' ? partOf(request, caller) : '').slice(0, -1);
    M.host.start('$subpackage', { root }, error => {
      const fail = e => bad({ errMsg: e.message || String(e), mod: request });
      if (error) return fail({ message: `loadSubPackage: fail, subPackage: ${root}` });
      const path = known || typeof request === 'string' && resolve(request, caller);
      if (!path) return fail(missing(String(request), caller));
      let value;
      try { value = load(path); } catch (e) { M.report(e, `require ${request}`); return fail(e); }
      ok(value);
    });
  };
  const requireFrom = caller => {
    const require = function (request, ok, bad) {
      if (typeof request !== 'string') throw new Error('require args must be a string');
      if (typeof ok === 'function' || typeof bad === 'function') {
        const call = (fn, arg) => { if (typeof fn === 'function') M.guard(fn, undefined, [arg], 'require callback'); };
        return void later(request, caller, v => call(ok, v), e => call(bad, e));
      }
      const path = resolve(request, caller);
      const root = path && rootOf(path);
      if (!path || (root && root !== rootOf(caller))) throw missing(request, caller);
      return load(path);
    };
    require.async = request => new Promise((ok, bad) => later(request, caller, ok, bad));
    return require;
  };
  M.require = path => load(path);
  M.rootOf = path => rootOf(path).slice(0, -1);
})
