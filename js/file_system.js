// What the table cannot say of the FileSystemManager: Stats objects, buffers that are filled, twins that take an object.
(function (M) {
  'use strict';
  const rows = M.build('FileSystemManager'), fs = M.objects.FileSystemManager, name = 'FileSystemManager.';
  const both = (api, hook) => { M.hook(name + api, hook); M.hook(name + api + 'Sync', hook); };
  const kind = (stats, type) => (stats.mode & 0o170000) === type;
  class Stats {
    constructor(o) { Object.assign(this, o); }
    isFile() { return kind(this, 0o100000); }
    isDirectory() { return kind(this, 0o040000); }
  }
  const revive = s => Array.isArray(s) ? s.map(e => ({ path: e.path, stats: new Stats(e.stats) })) : new Stats(s);
  const stats = { after: r => ({ stats: revive(r.stats) }) };
  both('stat', stats);
  both('fstat', stats);
  both('read', {
    // The buffer stays here: only its size goes to the host, and what was read comes back.
    before: o => Object.defineProperty(Object.assign({}, o, { size: o.arrayBuffer.byteLength }), 'arrayBuffer', { enumerable: false }),
    after: (r, o) => {
      const b = o.arrayBuffer, view = ArrayBuffer.isView(b) ? new Uint8Array(b.buffer, b.byteOffset, b.byteLength) : new Uint8Array(b);
      view.set(new Uint8Array(r.data), o.offset || 0);
      return { bytesRead: r.bytesRead, arrayBuffer: b };
    },
  });
  M.hook(name + 'readZipEntry', {
    after: r => {
      const entries = {};
      for (const path of Object.keys(r.entries)) {
        const { buffer, data, errMsg } = r.entries[path];
        entries[path] = buffer ? { data: r[buffer], errMsg } : data === undefined ? { errMsg } : { data, errMsg };
      }
      return { entries };
    },
  });
  for (const api of ['close', 'fstat', 'ftruncate', 'open', 'read', 'readCompressedFile', 'truncate', 'write']) {
    const twin = fs[api + 'Sync'], { params } = rows.find(row => row.name === name + api);
    fs[api + 'Sync'] = options => {
      const o = options || {};
      return twin(...params.map(p => o[p.name]));
    };
  }
  M.made.getFileSystemManager = () => fs;
})
