// Components and WXML: the platform's framework with the app's definitions in it, and the trees of pages.
(function (M) {
  'use strict';
  M.lazy('glass_easel');
  M.lazy('glass_easel_adapter');
  const { easel, easelAdapter } = M;
  const view = M.view = { pages: new Map(), configs: {}, easel };

  // What pages without a view have; most apps with components never need it.
  let plainOnes = M.component;
  const plain = view.plain = () => {
    if (!plainOnes) {
      const own = M.component;
      M.lazy('component');
      plainOnes = M.component;
      M.component = own;
    }
    return plainOnes;
  };

  // A property may be called like a field of the node itself, and an app may put a handler on an instance later.
  easel.globalOptions.writeFieldsToNode = false;
  easel.globalOptions.useMethodCallerListeners = true;
  M.lazy('view_nodes');
  const env = new easelAdapter.MiniProgramEnv();
  const space = view.space = env.createCodeSpace('', true);
  const backend = view.backend = env.associateBackend(view.nodes);

  // What the app's functions throw inside of the framework is the app's error, and what the framework advises is said once.
  easel.addGlobalErrorListener((error, method, from) => {
    // The framework tells the component that an event comes from; the one whose handler it is has failed.
    const { handling } = view;
    if (handling && String(method).startsWith('listener')) {
      if (from !== handling) handling.triggerLifetime('error', [error]);
      M.report(error, handling.is + ' event handler');
      return false;
    }
    const where = typeof from === 'string' ? from : from ? from.is : '';
    M.report(error, (where + ' ' + (method || '')).trim());
    return false;
  });
  const told = new Set();
  view.warn = (text) => {
    if (told.has(text)) return;
    told.add(text);
    M.global.console.warn(text);
  };
  easel.addGlobalWarningListener((text, from) => {
    const where = typeof from === 'string' ? from : from ? from.is : '';
    // A relation with a component that no page of this world uses is no fault.
    if (!text.startsWith('the target of relation')) view.warn((where ? where + ': ' : '') + text);
    return false;
  });

  // What the host says of a template, with its place.
  const tell = (p) => {
    const place = p.line ? p.file + ':' + p.line + ':' + p.column + ': ' : p.file ? p.file + ': ' : '';
    if (!p.error) return view.warn(place + p.message);
    M.note('error', { message: p.message, file: p.file, line: p.line, column: p.column, stack: '', origin: 'template' });
  };

  // The path of the component whose script runs, outside of pages.
  let defining;
  const defined = new Set();
  // The json of a component, with what its definition says besides.
  const settings = (path, options) => {
    const config = view.configs[path] || {}, { styleIsolation, addGlobalClass } = options || {};
    return { ...config, styleIsolation: styleIsolation || config.styleIsolation, addGlobalClass: addGlobalClass || config.addGlobalClass };
  };
  // A component that contains itself without end is found by its depth: no app nests that deep.
  const DEEPEST = 100;
  const check = (node) => {
    let depth = 0;
    for (let owner = node.ownerShadowRoot; owner; owner = owner.getHostNode().ownerShadowRoot) depth += 1;
    if (depth > DEEPEST) throw new Error('component "' + node.is + '" contains itself without end');
  };
  view.builder = (path, options) => {
    defined.add(path);
    space.addComponentStaticConfig(path, settings(path, options));
    const builder = space.component(path), caller = builder._$._$methodCallerInit;
    builder._$.methodCallerInit(function () {
      check(this);
      return caller.call(this);
    });
    return builder;
  };
  view.define = (path, o) => view.build(view.builder(path, o.options), 'definition', o);
  M.lazy('view_behavior');
  M.lazy('view_page');
  M.lazy('view_instance');

  const run = (path) => {
    defining = path;
    try { M.runScript(path) } catch (e) { M.report(e, path) } finally { defining = undefined }
    if (!defined.has(path)) {
      view.warn('Component "' + path + '" has not been registered; it is used without data and methods');
      view.define(path, {});
    }
  };

  // Takes from the host what this world lacks of a page or of a component: templates first, then the scripts below it.
  view.take = (path, isPage) => {
    const got = M.host.call('$view', { page: path });
    if (isPage) view.pages.set(path, { path, tabBar: got.tabBar });
    got.problems.forEach(tell);
    // Templates with WXS take this while they are made, and keep it.
    if (got.code.includes('setFnFilter')) {
      M.lazy('view_wxs');
      M.global.__wxs = view.wxs;
    }
    const templates = M.evaluate(got.code, 'templates of ' + path);
    delete M.global.__wxs;
    const paths = Object.keys(got.components);
    for (const path of paths) {
      view.configs[path] = got.components[path];
      space.addCompiledTemplate(path, { groupList: templates, content: templates[path], fallbackListenerOnNativeNode: true });
    }
    if (Object.keys(got.late).length) {
      M.lazy('view_late');
      view.late(got.late);
    }
    // A page as a component of another page is defined when its own script runs.
    for (const path of paths) if (!(isPage && path === got.path) && !defined.has(path)) run(path);
    return got.path;
  };
  view.load = (page) => { if (!view.pages.has(page)) view.take(page, true) };

  M.component = {
    behavior: (o) => plain().behavior(o),
    define(o) {
      if (defining !== undefined) {
        if (!o || typeof o !== 'object') throw new TypeError('Component() should be called with an object');
        if (defined.has(defining)) throw new Error('Please do not register multiple Components in ' + defining + '.js');
        view.define(defining, o);
      } else if (view.pages.has(M.current)) {
        const path = M.current;
        M.registerPage('Component', o, view.componentPage(path, () => view.define(path, o)));
      } else {
        plain().define(o);
      }
    },
    page(o) {
      const path = M.current;
      if (!view.pages.has(path)) return plain().page(o);
      return view.componentPage(path, () => view.build(view.builder(path, o.options), 'pageDefinition', o));
    },
  };

  // The host says which pages that it is about to open use components.
  M.on('view', (e) => e.pages.forEach(view.load));

  // The page's tree, made now where it was not needed yet; without a view there is none.
  view.of = (self) => {
    for (const record of M.pages.values()) {
      if (record.self !== self) continue;
      if (record.root === undefined) {
        view.load(record.path);
        view.attach(record);
      }
      return record.root;
    }
  };
})
