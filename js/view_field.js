// Components that hold a value: input, textarea, checkbox, radio, their groups, switch, slider, picker.
(function (M) {
  'use strict';
  M.lazy('view_control');
  M.lazy('view_drag');
  const { view } = M, { control } = view, { Element } = view.easel;
  const { attribute, flag, number, state, tell, change, now, forget, around, below, isDisabled, later } = control;
  const all = (node, tag) => {
    const found = [];
    below(node, (child) => { if (child.is === tag) found.push(child) });
    return found;
  };
  const text = (v) => v === undefined || v === null ? '' : String(v);

  // One field at a time has the keyboard.
  let focused;
  const written = (node) => text(now(node, 'value'));
  const detail = (node) => ({ value: written(node), cursor: written(node).length });
  const blur = (node) => {
    if (focused !== node) return;
    focused = undefined;
    tell(node, 'blur', detail(node));
  };
  const focus = (node) => {
    if (focused === node || isDisabled(node)) return;
    // A page that is gone has nobody to tell.
    if (focused && Element.isAttached(focused)) blur(focused);
    focused = node;
    tell(node, 'focus', { value: written(node), height: 0 });
  };
  const input = (node, value) => {
    if (isDisabled(node)) return;
    focus(node);
    const most = number(node, 'maxlength', 140);
    change(node, 'value', most < 0 ? String(value) : Array.from(String(value)).slice(0, most).join(''));
    // What the handler returns is written instead.
    tell(node, 'input', { ...detail(node), keyCode: written(node).charCodeAt(written(node).length - 1) || 8 }, (given) => {
      const v = given && typeof given === 'object' ? given.value : given;
      if (typeof v === 'string') change(node, 'value', v);
    });
  };
  const writing = {
    labelled: true,
    properties: { value: written },
    field: written,
    reset: (node) => change(node, 'value', ''),
    set(node, name, value) {
      if (name === 'value') forget(node, 'value');
      const wanted = value === '' || !!value;
      if (name !== 'focus' && name !== 'auto-focus') return;
      if (wanted) later(() => focus(node)); else blur(node);
    },
    gone(node) { if (focused === node) focused = undefined },
    on: { tap(node, event) { event.used = true; focus(node) } },
    calls: { input, focus, blur, confirm(node) { tell(node, 'confirm', { value: written(node) }); if (!flag(node, 'confirm-hold')) blur(node) } },
  };
  view.builtin('input', writing);
  view.builtin('textarea', writing);

  const isChecked = (node) => {
    const v = now(node, 'checked');
    return v === '' || !!v;
  };
  const again = (own) => (node, name) => { if (name === own) forget(node, own) };
  const checked = { labelled: true, set: again('checked'), properties: { checked: isChecked } };
  const value = (node) => text(attribute(node, 'value'));

  const chosen = (group) => all(group, 'checkbox').filter(isChecked).map(value);
  view.builtin('checkbox', {
    ...checked,
    on: {
      tap(node, event) {
        event.used = true;
        if (isDisabled(node)) return;
        change(node, 'checked', !isChecked(node));
        const group = around(node, 'checkbox-group');
        if (group) tell(group, 'change', { value: chosen(group) });
      },
    },
  });
  view.builtin('checkbox-group', { field: chosen, reset: (node) => all(node, 'checkbox').forEach((one) => change(one, 'checked', false)), properties: { value: chosen } });

  const picked = (group) => {
    const one = all(group, 'radio').find(isChecked);
    return one ? value(one) : '';
  };
  view.builtin('radio', {
    ...checked,
    on: {
      tap(node, event) {
        event.used = true;
        if (isDisabled(node) || isChecked(node)) return;
        const group = around(node, 'radio-group');
        if (group) all(group, 'radio').forEach((one) => { if (isChecked(one)) change(one, 'checked', false) });
        change(node, 'checked', true);
        if (group) tell(group, 'change', { value: value(node) });
      },
    },
  });
  view.builtin('radio-group', { field: picked, reset: (node) => all(node, 'radio').forEach((one) => change(one, 'checked', false)), properties: { value: picked } });

  const toggle = (node) => {
    if (isDisabled(node)) return;
    change(node, 'checked', !isChecked(node));
    tell(node, 'change', { value: isChecked(node) });
  };
  view.builtin('switch', {
    ...checked,
    field: isChecked,
    reset: (node) => change(node, 'checked', false),
    on: { tap(node, event) { event.used = true; toggle(node) } },
    calls: { tap: toggle },
  });

  const bounds = (node) => ({ min: number(node, 'min', 0), max: number(node, 'max', 100), step: number(node, 'step', 1) });
  // A value that can be reached from the least one in steps.
  const fitting = (node, wanted) => {
    const { min, max, step } = bounds(node), steps = Math.round((Math.min(max, Math.max(min, wanted)) - min) / step);
    return Math.min(max, Number((min + steps * step).toFixed(10)));
  };
  const slid = (node) => Math.min(bounds(node).max, Math.max(bounds(node).min, Number(now(node, 'value')) || 0));
  // The value under a finger: the track is as wide as the style says, or as the screen, from its left edge on.
  const sliding = view.drag({
    begin: slid,
    move(node, { x }) {
      if (isDisabled(node)) return;
      const { min, max } = bounds(node), width = view.length(node, 'width') || view.nodes.getWindowWidth();
      const to = fitting(node, min + x / width * (max - min));
      if (to === slid(node)) return;
      change(node, 'value', to);
      tell(node, 'changing', { value: to });
    },
    end(node, { from }) { if (slid(node) !== from) tell(node, 'change', { value: slid(node) }) },
  });
  view.builtin('slider', {
    on: sliding,
    properties: { value: slid },
    field: slid,
    reset: (node) => change(node, 'value', bounds(node).min),
    set: again('value'),
    calls: {
      slideTo(node, to) {
        if (isDisabled(node)) return;
        change(node, 'value', fitting(node, Number(to)));
        tell(node, 'changing', { value: slid(node) });
        tell(node, 'change', { value: slid(node) });
      },
    },
  });

  const mode = (node) => attribute(node, 'mode') || 'selector';
  const NOTHING = { selector: 0, multiSelector: [], region: [], time: '', date: '' };
  const held = (node) => {
    const v = now(node, 'value');
    if (v === undefined || v === null) return NOTHING[mode(node)];
    return mode(node) === 'selector' ? Number(v) || 0 : v;
  };
  view.builtin('picker', {
    properties: { value: held },
    field: held,
    reset: (node) => change(node, 'value', NOTHING[mode(node)]),
    set: again('value'),
    calls: {
      pick(node, to) {
        if (isDisabled(node)) return;
        change(node, 'value', to);
        tell(node, 'change', { value: held(node) });
      },
      turn(node, column, to) { if (!isDisabled(node)) tell(node, 'columnchange', { column, value: to }) },
      cancel(node) { if (!isDisabled(node)) tell(node, 'cancel', {}) },
    },
  });
})
