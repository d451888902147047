// Components of subpackages that do not run yet: their placeholders stand for them, and the first one that does has the
// subpackage brought. The framework puts the component in the place of its placeholder once it is registered.
(function (M) {
  'use strict';
  const { view } = M, space = view.space.getComponentSpace();
  const roots = new Map(), waiting = new Map();
  view.late = (all) => { for (const path of Object.keys(all)) roots.set(path, all[path]) };

  // All that waits for a subpackage comes at once.
  const replace = (paths) => space.groupRegister(() => {
    for (const path of paths) {
      const found = view.take(path);
      // A folder stands for the index in it.
      const component = found !== path && space.getComponentByUrlWithoutDefault(found, '');
      if (component) space._$registerComponent(path, component);
    }
  });
  space.setComponentWaitingListener((isPublic, path) => {
    const root = roots.get(path);
    if (root === undefined) return;
    if (waiting.has(root)) return void waiting.get(root).add(path);
    waiting.set(root, new Set([path]));
    M.host.start('$subpackage', { root }, (error) => {
      const paths = waiting.get(root);
      waiting.delete(root);
      if (!error) return replace(paths);
      // The placeholder stays; the next one that is made has it tried again.
      const told = { type: 'subpackage', subpackage: [root], errMsg: error.reason };
      for (const listener of M.listeners('lazyLoadError').slice()) M.guard(listener, undefined, [told], 'onLazyLoadError callback');
    });
  });
})
