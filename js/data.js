// What the table cannot say of the data APIs: storage keeps types, and the way to the file system.
(function (M) {
  'use strict';
  const wx = M.wx, stringify = JSON.stringify;
  const typeOf = v => Object.prototype.toString.call(v).slice(8, -1);
  const text = (type, v) => type === 'String' ? v : type === 'Undefined' ? '' : type === 'Date' ? String(+v)
    : type === 'Number' ? String(v) : stringify(v);
  const encode = (key, v) => {
    let dataType = typeOf(v), data;
    try { data = text(dataType, v); } catch (e) { throw { reason: e.message }; }
    if (data === undefined) { dataType = 'String'; data = ''; }
    return { key, data, dataType };
  };
  const decode = r => {
    const { data, dataType } = r;
    if (dataType === 'String') return data;
    if (dataType === 'Undefined') return undefined;
    if (dataType === 'Number') return Number(data);
    if (dataType === 'Date') return new Date(Number(data));
    return JSON.parse(data);
  };
  const both = (api, hook) => { M.hook(api, hook); M.hook(api + 'Sync', hook); };
  both('setStorage', { before: o => Object.assign(encode(o.key, o.data), { encrypt: !!o.encrypt }) });
  both('getStorage', { after: r => ({ data: decode(r) }) });
  both('batchSetStorage', { before: o => ({ kvList: o.kvList.map(e => encode(e.key, e.value)) }) });
  both('batchGetStorage', { after: r => ({ dataList: r.dataList.map(decode) }) });
  const setSync = wx.setStorageSync;
  const refused = M.traced('setStorageSync', key => {
    M.global.console.error(`setStorageSync:fail parameter error: parameter should be String instead of ${typeOf(key)};`);
  });
  wx.setStorageSync = (key, data) => typeof key === 'string' ? setSync(key, data) : refused(key, data);
  wx.env = Object.assign(wx.env || {}, { USER_DATA_PATH: 'wxfile://usr' });
  M.define('getFileSystemManager', () => { M.lazy('file_system'); return M.objects.FileSystemManager; });
})
