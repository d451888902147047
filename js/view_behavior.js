// Behavior() and the wx:// behaviors for the framework: an app holds behaviors by their ids.
(function (M) {
  'use strict';
  const { space, plain } = M.view, made = new Map();
  const OWN = {
    'wx://form-field': { properties: { name: String, value: null } },
    'wx://form-field-group': {},
    'wx://form-field-button': {},
    'wx://component-export': {},
  };

  // A definition's own filters have run when Behavior() was called; what a behavior's filter does to its users is to come.
  const behavior = M.view.behavior = (id) => {
    if (!made.has(id)) {
      const o = OWN[id] || plain().behaviors.get(id);
      if (!o) return undefined;
      const inner = list(o.behaviors);
      const builder = space.behavior().definition({ ...o, behaviors: inner.map(unfiltered), observers: undefined, relations: relations(o.relations), definitionFilter: undefined });
      const built = observe(builder, o.observers).register();
      if (typeof o.definitionFilter === 'function') {
        const filters = inner.map((b) => b._$bindedDefinitionFilter || null);
        built._$bindedDefinitionFilter = (user) => M.guard(o.definitionFilter, o, [user, filters], 'definitionFilter');
      }
      made.set(id, built);
    }
    return made.get(id);
  };
  const unfiltered = (b) => Object.create(b, { _$bindedDefinitionFilter: { value: undefined } });
  const list = (ids) => (ids || []).map(behavior).filter(Boolean);
  const relations = (all) => {
    const out = {};
    for (const k of Object.keys(all || {})) {
      const target = behavior(all[k].target);
      out[k] = target ? { ...all[k], target: target._$ } : all[k];
    }
    return out;
  };

  // A behavior that comes to a component by several ways runs its observers once, which a definition does not say.
  const observe = (builder, observers) => {
    const all = Array.isArray(observers) ? observers.map((o) => [o.fields || '**', o.observer]) : Object.entries(observers || {});
    for (const [fields, fn] of all) if (typeof fn === 'function') builder.observer(fields, fn, true);
    return builder;
  };

  // Gives a builder of the framework a definition of the app's, as `kind` (definition or pageDefinition). The filters of
  // its behaviors change what they are given, and the app may use its object again.
  M.view.build = (builder, kind, o) => {
    const own = { ...o };
    for (const k of ['data', 'properties', 'methods', 'observers', 'lifetimes', 'pageLifetimes']) {
      if (own[k] && typeof own[k] === 'object' && !Array.isArray(own[k])) own[k] = { ...own[k] };
    }
    for (const b of list(o.behaviors)) if (b._$bindedDefinitionFilter) b._$bindedDefinitionFilter(own);
    if (!(own.behaviors || []).includes('wx://component-export')) delete own.export;
    own.behaviors = list(own.behaviors).map(unfiltered);
    own.relations = relations(own.relations);
    const { observers } = own;
    delete own.observers;
    return observe(builder[kind](own), observers).register();
  };
})
