// `path` for test files that name their app by it: the functions of a POSIX system.
(function (M) {
  'use strict';
  const parts = (path) => path.split('/').filter((p) => p !== '' && p !== '.');
  const isAbsolute = (path) => path.startsWith('/');
  const normalize = (path) => {
    const out = [];
    for (const part of parts(path)) {
      if (part !== '..') out.push(part);
      else if (out.length && out[out.length - 1] !== '..') out.pop();
      else if (!isAbsolute(path)) out.push('..');
    }
    return (isAbsolute(path) ? '/' : '') + out.join('/') || '.';
  };
  const join = (...all) => normalize(all.filter((p) => p !== '').join('/'));
  const resolve = (...all) => {
    let path = '';
    for (const p of [M.workingFolder].concat(all)) path = isAbsolute(p) ? p : path + '/' + p;
    return normalize(path);
  };
  const basename = (path, end) => {
    const name = parts(path).pop() || '';
    return end && name !== end && name.endsWith(end) ? name.slice(0, -end.length) : name;
  };
  const extname = (path) => (/.(\.[^.]*)$/.exec(basename(path)) || [])[1] || '';
  const dirname = (path) => {
    const inner = parts(path).slice(0, -1).join('/');
    return (isAbsolute(path) ? '/' : '') + inner || '.';
  };
  const relative = (from, to) => {
    const [a, b] = [from, to].map((p) => parts(resolve(p)));
    let same = 0;
    while (same < a.length && a[same] === b[same]) same++;
    return a.slice(same).map(() => '..').concat(b.slice(same)).join('/');
  };
  M.nodePath = { sep: '/', delimiter: ':', isAbsolute, normalize, join, resolve, basename, extname, dirname, relative };
  M.nodePath.posix = M.nodePath;
})
