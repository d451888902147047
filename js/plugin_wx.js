// The wx of a plugin: an object of its own, without what is the app's alone.
(function (M) {
  'use strict';
  const closed = ['getUpdateManager', 'restartMiniProgram', 'exitMiniProgram'];
  // A plugin gets these through pages of its provider's app, which are not there.
  const elsewhere = ['chooseAddress', 'getUserInfo', 'requestPayment'];
  // Its storage is not the app's: the host has it in its place for as long as the call is made.
  const within = (plugin, fn) => (...args) => {
    M.host.call('$plugin.enter', { plugin });
    try { return fn(...args); } finally { M.host.call('$plugin.leave'); }
  };
  M.pluginWx = plugin => {
    const own = {};
    for (const name of Object.keys(M.wx)) {
      if (closed.includes(name)) continue;
      const made = Object.getOwnPropertyDescriptor(M.wx, name);
      if (elsewhere.includes(name)) made.value = (...args) => { M.lazy('refused'); return M.refuse(name, 'async', '', 'a plugin may not call it', args); };
      if (/Storage(Info)?(Sync)?$/.test(name)) made.value = within(plugin, made.value);
      Object.defineProperty(own, name, made);
    }
    const known = M.appJson.plugins || {}, declared = Object.keys(known).map(name => known[name]).find(p => p.folder + '/' === plugin) || {};
    own.getAccountInfoSync = () => ({ ...M.wx.getAccountInfoSync(), plugin: { appId: declared.provider, version: declared.version } });
    return own;
  };
})
