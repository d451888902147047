// Behavior() and the wx:// behaviors for the framework: an app holds behaviors by their ids.
(function (M) {
  'use strict';
  const { space } = M.view, plain = M.component, made = new Map();
  const OWN = {
    'wx://form-field': { properties: { name: String, value: null } },
    'wx://form-field-group': {},
    'wx://form-field-button': {},
    'wx://component-export': {},
  };

  // A definition's own filters have run when Behavior() was called; what a behavior's filter does to its users is to come.
  const behavior = M.view.behavior = (id) => {
    if (!made.has(id)) {
      const o = OWN[id] || plain.behaviors.get(id);
      if (!o) return undefined;
      const inner = list(o.behaviors);
      const unfiltered = inner.map((b) => Object.create(b, { _$bindedDefinitionFilter: { value: undefined } }));
      const built = space.behavior().definition({ ...o, behaviors: unfiltered, relations: relations(o.relations), definitionFilter: undefined }).register();
      if (typeof o.definitionFilter === 'function') {
        const filters = inner.map((b) => b._$bindedDefinitionFilter || null);
        built._$bindedDefinitionFilter = (user) => M.guard(o.definitionFilter, o, [user, filters], 'definitionFilter');
      }
      made.set(id, built);
    }
    return made.get(id);
  };
  const list = (ids) => (ids || []).map(behavior).filter(Boolean);
  const relations = (all) => {
    const out = {};
    for (const k of Object.keys(all || {})) {
      const target = behavior(all[k].target);
      out[k] = target ? { ...all[k], target: target._$ } : all[k];
    }
    return out;
  };

  // What the framework takes of a definition of the app's.
  M.view.definition = (o) => {
    const exports = (o.behaviors || []).includes('wx://component-export') ? o.export : undefined;
    // A filter changes what it is given, and the app may use its object again.
    const own = { ...o, behaviors: list(o.behaviors), relations: relations(o.relations), export: exports };
    for (const k of ['data', 'properties', 'methods', 'observers', 'lifetimes', 'pageLifetimes']) {
      if (own[k] && typeof own[k] === 'object' && !Array.isArray(own[k])) own[k] = { ...own[k] };
    }
    return own;
  };
})
