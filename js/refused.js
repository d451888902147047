// What refused names do: fail, throw, or say once that they do nothing.
(function (M) {
  'use strict';
  const told = new Set(), properties = {};
  const failure = name => ({ errMsg: `${name}:fail not supported`, errno: 100 });
  const tell = (name, note) => {
    if (told.has(name)) return;
    told.add(name);
    M.global.console.warn(`${name} is not supported here: ${note}`);
  };
  // Calls the option object's callbacks, where it has any.
  const settled = (name, opts) => {
    if (opts === null || typeof opts !== 'object' || !('success' in opts || 'fail' in opts || 'complete' in opts)) return false;
    const res = failure(name);
    for (const key of ['fail', 'complete']) if (typeof opts[key] === 'function') M.guard(opts[key], undefined, [res], `wx.${name} ${key}`);
    return true;
  };
  const raise = name => { const res = failure(name); throw Object.assign(new Error(res.errMsg), res); };
  const make = (object, note) => {
    const self = {}, members = M.members(object);
    for (let i = 0; i < members.length; i += 2) {
      const name = members[i], gives = members[i + 1];
      self[name] = M.traced(`${object}.${name}`, opts => {
        if (gives === '^') raise(name);
        if (gives === '!') return settled(name, opts) ? undefined : Promise.reject(failure(name));
        tell(`${object}.${name}`, note);
        settled(name, opts);
        return gives ? make(gives, note) : undefined;
      });
    }
    return self;
  };
  M.refusing = make;
  const kinds = {
    async: (name, note, object, [opts]) => settled(name, opts) ? undefined : Promise.reject(failure(name)),
    sync: name => raise(name),
    on(name, note, object, [fn]) {
      if (typeof fn === 'function') tell(name, note); else M.global.console.error(`${name} should accept a function instead of ${typeof fn}`);
    },
    off() {},
    factory(name, note, object, [opts]) { settled(name, opts); return make(object, note); },
    property: (name, note, object) => properties[name] || (properties[name] = make(object, note)),
  };
  M.refuse = (name, kind, object, note, args) => kind === 'property' ? kinds.property(name, note, object)
    : M.traced(name, (...args) => kinds[kind](name, note, object, args))(...args);
})
