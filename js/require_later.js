// require with callbacks and require.async: the forms that may have to wait for a subpackage.
(function (M) {
  'use strict';
  const later = (request, caller, ok, bad) => {
    const text = typeof request === 'string', known = text ? M.resolve(request, caller) : undefined;
    const root = known ? M.rootOf(known) : text ? M.partOf(request, caller) : '';
    M.host.start('$subpackage', { root }, error => {
      const fail = e => bad({ errMsg: e.message || String(e), mod: request });
      if (error) return fail({ message: `loadSubPackage: fail, subPackage: ${root}` });
      const path = known || (text ? M.resolve(request, caller) : undefined);
      if (!path) return fail(M.missing(String(request), caller));
      let value;
      try { value = M.require(path); } catch (e) { M.report(e, `require ${request}`); return fail(e); }
      ok(value);
    });
  };
  const call = (fn, arg) => { if (typeof fn === 'function') M.guard(fn, undefined, [arg], 'require callback'); };
  M.requireLater = (request, caller, ok, bad) => later(request, caller, v => call(ok, v), e => call(bad, e));
  const plugin = (name, ok, bad) => void Promise.resolve().then(() => M.requirePlugin(name)).then(ok, e => bad({ errMsg: e && e.message || String(e), mod: name }));
  M.pluginLater = (name, ok, bad) => plugin(name, v => call(ok, v), e => call(bad, e));
  M.pluginAsync = name => new Promise((ok, bad) => plugin(name, ok, bad));
  M.requireAsync = (request, caller) => new Promise((ok, bad) => later(request, caller, ok, bad));
})
