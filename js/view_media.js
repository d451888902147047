// navigator, image, canvas, web-view: what leads out of the page, and what would be drawn.
(function (M) {
  'use strict';
  M.lazy('view_control');
  const { view } = M, { control } = view, { Element } = view.easel;
  const { attribute, flag, number, state, tell, later } = control;

  const ROUTES = { navigate: 'navigateTo', redirect: 'redirectTo', switchTab: 'switchTab', reLaunch: 'reLaunch', navigateBack: 'navigateBack', exit: 'exitMiniProgram' };
  const answers = (node) => ({
    success: (result) => tell(node, 'success', result),
    fail: (result) => tell(node, 'fail', result),
    complete: (result) => tell(node, 'complete', result),
  });
  view.builtin('navigator', {
    on: {
      tap(node) {
        const type = attribute(node, 'open-type') || 'navigate', url = attribute(node, 'url');
        if (attribute(node, 'target') === 'miniProgram' && type === 'navigate') {
          const options = { appId: attribute(node, 'app-id'), path: attribute(node, 'path'), extraData: attribute(node, 'extra-data'), envVersion: attribute(node, 'version') || 'release', shortLink: attribute(node, 'short-link') };
          for (const k of Object.keys(options)) if (options[k] === undefined) delete options[k];
          return M.wx.navigateToMiniProgram({ ...options, ...answers(node) });
        }
        const api = ROUTES[type];
        if (!api) return view.warn('navigator: there is no open-type "' + type + '"');
        const options = type === 'navigateBack' ? { delta: number(node, 'delta', 1) } : type === 'exit' ? {} : { url };
        M.wx[api]({ ...options, ...answers(node) });
      },
    },
  });

  // A picture is looked at where somebody listens; what it shows is nobody's concern.
  const load = (node) => {
    const own = state(node), src = attribute(node, 'src');
    if (!src || own.loading === src || !Element.isAttached(node)) return;
    own.loading = src;
    M.wx.getImageInfo({
      src,
      success: ({ width, height }) => { if (attribute(node, 'src') === src) tell(node, 'load', { width, height }) },
      fail: ({ errMsg }) => { if (attribute(node, 'src') === src) tell(node, 'error', { errMsg: String(errMsg).replace('getImageInfo:fail', 'Failed to load image ' + src + ':') }) },
    });
  };
  view.builtin('image', {
    set(node, name) {
      if (name !== 'src') return;
      state(node).loading = undefined;
      if (state(node).heard) later(() => load(node));
    },
    listens(node, event) {
      if (event !== 'load' && event !== 'error') return;
      state(node).heard = true;
      later(() => load(node));
    },
  });

  view.builtin('web-view', {
    set(node, name, src) {
      if (name === 'src' && src) M.console.warn('web-view is not supported here: the page ' + src + ' is not run');
    },
  });

  // A canvas takes every call and draws nothing.
  const canvas = (node) => {
    const own = state(node);
    if (!own.canvas) {
      M.lazy('view_canvas');
      own.canvas = view.canvas(node, number(node, 'width', 300), number(node, 'height', 150));
    }
    return own.canvas;
  };
  view.builtin('canvas', { node: canvas });
})
