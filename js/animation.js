// wx.createAnimation: steps are written down and handed out by export().
(function (M) {
  'use strict';
  const plain = 'matrix matrix3d rotate rotate3d rotateX rotateY rotateZ scale3d scaleX scaleY scaleZ skew skewX skewY translate3d translateX translateY translateZ'.split(' ');
  const px = v => typeof v === 'number' ? v + 'px' : v;
  const pick = (o, d) => ({ transformOrigin: o.transformOrigin || d.transformOrigin,
    transition: Object.fromEntries(['duration', 'timingFunction', 'delay'].map(k => [k, o[k] === undefined ? d.transition[k] : o[k]])) });
  const first = { transformOrigin: '50% 50% 0', transition: { duration: 400, timingFunction: 'linear', delay: 0 } };
  class Animation {
    constructor(o) { this.actions = []; this.option = pick(o || {}, first); this.current = {}; this.waiting = []; }
    // Every step holds what the earlier ones set, each kind once.
    step(o) {
      for (const a of this.waiting.splice(0)) this.current[a.type === 'style' ? 'style.' + a.args[0] : a.type] = a;
      this.actions.push({ animates: Object.values(this.current), option: pick(o || {}, this.option) });
      return this;
    }
    export() { return { actions: this.actions.splice(0) }; }
  }
  const method = (name, make) => {
    Animation.prototype[name] = function (...args) { this.waiting.push(make(args)); return this; };
  };
  for (const type of plain) method(type, args => ({ type, args }));
  method('scale', ([x, y = x]) => ({ type: 'scale', args: [x, y] }));
  method('translate', ([x, y = 0]) => ({ type: 'translate', args: [x, y] }));
  method('opacity', ([v]) => ({ type: 'style', args: ['opacity', v] }));
  method('backgroundColor', ([v]) => ({ type: 'style', args: ['background-color', v] }));
  for (const side of ['width', 'height', 'left', 'right', 'top', 'bottom']) method(side, ([v]) => ({ type: 'style', args: [side, px(v)] }));
  M.made.createAnimation = o => new Animation(o);
})
