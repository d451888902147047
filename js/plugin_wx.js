// The wx of a plugin: an object of its own, without what is the app's alone.
(function (M) {
  'use strict';
  const closed = ['getUpdateManager', 'restartMiniProgram', 'exitMiniProgram'];
  // A plugin gets these through pages of its provider's app, which are not there.
  const elsewhere = ['chooseAddress', 'getUserInfo', 'requestPayment'];
  M.pluginWx = () => {
    const own = {};
    for (const name of Object.keys(M.wx)) {
      if (closed.includes(name)) continue;
      const made = Object.getOwnPropertyDescriptor(M.wx, name);
      if (elsewhere.includes(name)) made.value = (...args) => { M.lazy('refused'); return M.refuse(name, 'async', '', 'a plugin may not call it', args); };
      Object.defineProperty(own, name, made);
    }
    return own;
  };
})
