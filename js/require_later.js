// require with callbacks and require.async: the forms that may have to wait for a subpackage.
(function (M) {
  'use strict';
  const fetchRoot = (root, done) => root ? M.host.start('$subpackage', { root }, done) : M.host.start('$turn', {}, done);
  const later = (request, caller, ok, bad) => {
    const path = typeof request === 'string' && M.resolve(request, caller), root = path ? M.rootOf(path) : '';
    fetchRoot(root && root + '/', error => {
      const fail = e => bad({ errMsg: e.message || String(e), mod: request });
      if (error) return fail({ message: `loadSubPackage: fail, subPackage: ${root}` });
      if (!path) return fail(M.missing(String(request), caller));
      let value;
      try { value = M.require(path); } catch (e) { M.report(e, `require ${request}`); return fail(e); }
      ok(value);
    });
  };
  const call = (fn, arg) => { if (typeof fn === 'function') M.guard(fn, undefined, [arg], 'require callback'); };
  M.requireLater = (request, caller, ok, bad) => later(request, caller, v => call(ok, v), e => call(bad, e));
  M.requireAsync = (request, caller) => new Promise((ok, bad) => later(request, caller, ok, bad));
})
