// wx.cloud: its calling forms and its checks. What the environment answers comes from the host; the database is a file of its own.
(function (M) {
  'use strict';
  const DISABLED = "Cloud API isn't enabled, please call wx.cloud.init first\n请先调用 wx.cloud.init() 完成初始化后再调用其他云 API。init 方法可传入一个对象用于设置默认配置，详见文档。";
  const fault = (api, code, reason) => { const errMsg = `${api}:fail ${reason}`; return Object.assign(new Error(errMsg), { errCode: code, errMsg }); };
  const type = v => v === null ? 'null' : Array.isArray(v) ? 'array' : typeof v;
  // What is wrong with the options, by the names and types that they should have.
  const wrong = (opts, wanted) => {
    if (opts === undefined && !Object.keys(wanted).length) return '';
    if (type(opts) !== 'object') return `parameter should be object instead of ${type(opts)};`;
    return Object.keys(wanted).filter(k => !wanted[k].split('|').includes(type(opts[k])))
      .map(k => `parameter.${k} should be ${wanted[k].replace('|', ' or ')} instead of ${type(opts[k])};`).join('');
  };
  let calls = 0;
  // `work(ok, bad)` runs in a turn of its own; callbacks where one is named, else a promise.
  const call = (api, opts, wanted, work) => {
    const named = type(opts) === 'object' && ['success', 'fail', 'complete'].some(k => k in opts);
    const done = new Promise((good, no) => {
      const bad = (code, reason) => no(fault(api, code, reason));
      const ok = res => good({ errMsg: api + ':ok', ...res });
      const text = wrong(opts, wanted);
      M.host.start('$cloud.turn', {}, offline => {
        if (text) return bad(-401003, `Error: errCode: -401003 api parameter type error | errMsg: ${text}`);
        try { work(ok, bad, offline); } catch (e) {
          if (e && e.reason !== undefined) bad(e.errCode === undefined ? -1 : e.errCode, e.reason);
          else bad(-1, `Error: errCode: -1 | errMsg: ${e && e.message || e}`);
        }
      });
    });
    if (!named) return done;
    const tell = key => res => { for (const k of [key, 'complete']) if (typeof opts[k] === 'function') M.guard(opts[k], undefined, [res], `wx.${api} ${k}`); };
    done.then(tell('success'), tell('fail'));
  };
  const trace = (self, names) => { for (const name of names) self[name] = M.traced('cloud.' + name, self[name]); return self; };

  class CloudID { constructor(id) { this.cloudID = id; } }
  class CDN { constructor(target) { this.target = target; } }
  const unsupported = name => () => { const res = { errMsg: `${name}:fail not supported`, errno: 100 }; throw Object.assign(new Error(res.errMsg), res); };

  const environment = () => {
    let ready = false, config = {};
    const checked = (name, wanted, work) => opts => call('cloud.' + name, opts, wanted, (ok, bad, offline) => {
      if (!ready) return bad(-1, `Error: errCode: -1 | errMsg: ${DISABLED}`);
      if (offline) throw offline;
      work(opts || {}, ok);
    });
    const ask = (row, args) => M.host.call('$cloud.' + row, args);
    const say = (api, name) => M.note('cloud.call', { api, name });
    const files = (name, row) => checked(name, { fileList: 'array' }, (o, ok) => {
      say(name, o.fileList.map(f => f && f.fileID || f).join(' '));
      ok(ask(row, { fileList: o.fileList }));
    });
    // Transfers return a task where callbacks are given.
    const transfer = (name, wanted, work) => opts => {
      const heard = { ProgressUpdate: [], HeadersReceived: [] };
      let aborted = false;
      const done = checked(name, wanted, (o, ok) => {
        if (aborted) throw { reason: 'abort', errCode: -1 };
        const { size, ...res } = work(o);
        const told = { progress: 100, totalBytesSent: size, totalBytesWritten: size, totalBytesExpectedToSend: size, totalBytesExpectedToWrite: size };
        for (const fn of heard.ProgressUpdate.slice()) M.guard(fn, undefined, [told], `wx.cloud.${name} onProgressUpdate`);
        ok(res);
      })(opts);
      if (done) return done;
      const task = { abort() { aborted = true; } };
      for (const event of Object.keys(heard)) {
        const list = heard[event];
        task['on' + event] = fn => { if (typeof fn === 'function') list.push(fn); };
        task['off' + event] = fn => { if (fn === undefined) list.length = 0; else if (list.includes(fn)) list.splice(list.indexOf(fn), 1); };
      }
      return task;
    };
    const self = trace({
      init(o) {
        if (o !== undefined && type(o) !== 'object') throw fault('cloud.init', -401003, `parameter should be object instead of ${type(o)};`);
        config = { ...o };
        ready = true;
      },
      callFunction: checked('callFunction', { name: 'string', data: 'undefined|object' }, (o, ok) => {
        say('callFunction', o.name);
        ok({ ...ask('function', { name: o.name, data: o.data === undefined ? {} : o.data }), requestID: `fixture-${++calls}` });
      }),
      callContainer: checked('callContainer', { path: 'string' }, (o, ok) => {
        const header = o.header || {}, of = Object.keys(header).find(k => k.toLowerCase() === 'x-wx-service');
        const service = o.service || header[of] || '', method = String(o.method || 'GET').toUpperCase();
        say('callContainer', `${method} ${o.path}`);
        ok({ ...ask('container', { service, method, path: o.path, data: o.data }), callID: `fixture-${++calls}` });
      }),
      uploadFile: transfer('uploadFile', { cloudPath: 'string', filePath: 'string' }, o => {
        say('uploadFile', o.cloudPath);
        return ask('upload', { cloudPath: o.cloudPath, filePath: o.filePath });
      }),
      downloadFile: transfer('downloadFile', { fileID: 'string' }, o => {
        say('downloadFile', o.fileID);
        return ask('download', { fileID: o.fileID });
      }),
      getTempFileURL: files('getTempFileURL', 'urls'),
      deleteFile: files('deleteFile', 'remove'),
      database(o) {
        if (!ready) throw Object.assign(new Error(`errCode: -1 | errMsg: ${DISABLED}`), { errCode: -1, errMsg: DISABLED });
        M.lazy('cloud_database');
        return M.cloudDatabase({ ...config, ...o });
      },
      connectContainer: opts => call('cloud.connectContainer', opts, {}, (ok, bad) => bad(100, 'not supported')),
    }, ['init', 'callFunction', 'callContainer', 'uploadFile', 'downloadFile', 'getTempFileURL', 'deleteFile', 'database', 'connectContainer']);
    self.CloudID = function (id) { return new CloudID(id); };
    self.CDN = function (target) { return new CDN(target); };
    self.services = { Gateway: unsupported('cloud.services.Gateway') };
    self.extend = { AI: { createModel: unsupported('cloud.extend.AI.createModel'), bot: {} } };
    return self;
  };
  M.cloudCall = (api, opts, wanted, work) => call(api, opts, wanted, (ok, bad, offline) => {
    if (offline) throw offline;
    M.note('cloud.call', { api, name: work.name });
    work.run(ok);
  });
  M.made.cloud = environment();
  // An environment of another app or of its own; init() gives a promise.
  M.made.cloud.Cloud = function (options) {
    const own = environment(), { init } = own;
    own.init = () => new Promise(ok => { init(options); ok(); });
    return own;
  };
})
