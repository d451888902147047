// What moves: animate, applyAnimation and clearAnimation of pages and components, and the attribute `animation`. Nothing
// is drawn between two frames: a node has the style of a frame from the frame's moment on, and keeps that of the last.
(function (M) {
  'use strict';
  const ANIMATION = 2;
  const deg = (v) => v + 'deg', px = (v) => typeof v === 'number' ? v + 'px' : String(v);
  const TRANSFORMS = {
    matrix: String, matrix3d: String, scale: String, scale3d: String, scaleX: String, scaleY: String, scaleZ: String,
    rotate: deg, rotateX: deg, rotateY: deg, rotateZ: deg, rotate3d: (v, at) => at === 3 ? deg(v) : String(v),
    skew: deg, skewX: deg, skewY: deg,
    translate: px, translate3d: px, translateX: px, translateY: px, translateZ: px,
  };
  const STYLES = { transformOrigin: String, backgroundColor: String, opacity: String, bottom: px, height: px, left: px, width: px, right: px, top: px };
  const camel = (name) => name.replace(/-([a-z])/g, (_, c) => c.toUpperCase());
  const dashed = (name) => name.replace(/[A-Z]/g, (c) => '-' + c.toLowerCase());

  // The texts of what a frame, or a step of wx.createAnimation, says, by name.
  const text = (name, value) => TRANSFORMS[name] ? name + '(' + [].concat(value).map(TRANSFORMS[name]).join(', ') + ')' : STYLES[name](value);
  const ofFrame = (frame) => Object.keys(frame).filter((name) => TRANSFORMS[name] || STYLES[name]).map((name) => [name, text(name, frame[name])]);
  const ofStep = ({ animates, option }) => {
    const all = (animates || []).map(({ type, args }) => type === 'style' ? [camel(args[0]), args[1]] : [type, args]);
    const known = all.filter(([name]) => TRANSFORMS[name] || STYLES[name]).map(([name, value]) => [name, text(name, value)]);
    return known.length && option && option.transformOrigin ? [['transformOrigin', option.transformOrigin], ...known] : known;
  };

  // What animations have set of a node.
  const states = new WeakMap();
  const stateOf = (node) => {
    if (!states.has(node)) states.set(node, new Map());
    return states.get(node);
  };
  const paint = (node) => {
    const lines = [], moves = [];
    for (const [name, value] of stateOf(node)) if (TRANSFORMS[name]) moves.push(value); else lines.push(dashed(name) + ': ' + value);
    if (moves.length) lines.push('transform: ' + moves.join(' '));
    node.setNodeStyle(lines.join(';'), ANIMATION);
  };

  const recordOf = (self) => {
    for (const record of M.pages.values()) if (record.self === self) return record;
    return self && self._$ && M.view ? M.view.recordOf(self._$) : undefined;
  };
  const select = (self, selector) => {
    M.lazy('view_select');
    try { return M.view.select(self._$, selector) } catch (e) { M.view.warn(String(e.message)); return [] }
  };
  // A page that has no tree yet keeps what its nodes will have.
  const change = (self, selector, how) => {
    if (self && self._$) {
      return select(self, selector).forEach((node) => { how(stateOf(node)); paint(node) });
    }
    const record = recordOf(self);
    if (!record) return;
    if (!record.moved) record.moved = new Map();
    if (!record.moved.has(selector)) record.moved.set(selector, new Map());
    how(record.moved.get(selector));
  };
  const set = (entries) => (state) => entries.forEach(([name, value]) => state.set(name, value));
  M.moveAgain = (record) => {
    const { moved } = record;
    record.moved = undefined;
    for (const [selector, state] of moved) change(record.self, selector, set([...state]));
  };

  // A page that is gone hears nothing more of its view.
  const tell = (self, record, callback, name) => {
    if (typeof callback === 'function' && (!record || M.pages.get(record.id) === record)) M.guard(callback, self, [], name + ' callback');
  };
  let told = false;
  const byScroll = () => {
    if (!told) M.console.warn('animate along a scroll-view is not supported here: nothing has a place, so nothing says how far it is');
    told = true;
  };

  M.animate = (self, selector, keyframes, duration, callback) => {
    if (callback && typeof callback === 'object') return byScroll();
    const frames = (Array.isArray(keyframes) ? keyframes : []).filter((frame) => frame && typeof frame === 'object');
    const whole = Math.max(0, Number(duration) || 0), record = recordOf(self);
    frames.forEach((frame, at) => {
      const even = frames.length > 1 ? at / (frames.length - 1) : 1;
      const offset = typeof frame.offset === 'number' ? Math.min(1, Math.max(0, frame.offset)) : even;
      const show = () => change(self, selector, set(ofFrame(frame)));
      if (offset * whole > 0) M.setTimeout(show, offset * whole); else show();
    });
    M.setTimeout(() => tell(self, record, callback, 'animate'), whole);
  };
  M.applyAnimation = (self, selector, frame, isScript, callback) => {
    const record = recordOf(self);
    change(self, selector, set(ofFrame(frame || {})));
    M.setTimeout(() => tell(self, record, callback, 'applyAnimation'));
  };
  M.clearAnimation = (self, selector, options, callback) => {
    const record = recordOf(self), isShort = typeof options === 'function';
    const names = options && !isShort ? Object.keys(options).filter((name) => options[name]) : undefined;
    change(self, selector, (state) => { if (names) names.forEach((name) => state.delete(name)); else state.clear() });
    M.setTimeout(() => tell(self, record, isShort ? options : callback, 'clearAnimation'));
  };

  // The steps of an exported animation, one after the other; each ends with an event at the node itself. What is set
  // later takes the place of what is not done yet.
  const runs = new WeakMap();
  M.runAnimation = (node, exported) => {
    const { Event, Element } = M.view.easel, steps = exported && Array.isArray(exported.actions) ? exported.actions.slice() : [];
    if (!steps.length) return;
    const run = {};
    runs.set(node, run);
    const next = () => {
      const step = steps.shift();
      if (!step) return;
      const { duration = 400, delay = 0 } = (step.option && step.option.transition) || {};
      set(ofStep(step))(stateOf(node));
      paint(node);
      M.setTimeout(() => {
        if (runs.get(node) !== run || !Element.isAttached(node)) return;
        // Without any time there is no transition that could end.
        if (duration + delay > 0) node.dispatchEvent(new Event('transitionend', { elapsedTime: duration / 1000 }, { bubbles: false, composed: false }));
        next();
      }, Math.max(0, duration + delay));
    };
    next();
  };
})
