// form, button, label: what is filled in, who sends it, and what else a button opens.
(function (M) {
  'use strict';
  M.lazy('view_control');
  const { view } = M, { easel, control } = view, { Component, Element } = easel;
  const { attribute, flag, around, below, tell, target } = control;

  // A component takes part in a form by a behavior.
  const has = (node, id) => {
    const behavior = Component.isComponent(node) && view.behavior(id);
    return !!behavior && node.hasBehavior(behavior._$);
  };
  const fields = (form) => {
    const found = [];
    below(form, (node) => {
      const kind = view.kind(node);
      if (has(node, 'wx://form-field')) found.push({ name: node.data.name, value: () => node.data.value, reset() {} });
      else if (kind && kind.field) found.push({ name: attribute(node, 'name'), value: () => kind.field(node), reset: () => kind.reset(node) });
    }, (node) => has(node, 'wx://form-field-group'));
    return found;
  };
  const submit = (form, by) => {
    const value = {};
    for (const field of fields(form)) if (field.name !== undefined && field.name !== '') value[field.name] = field.value();
    const detail = { value, target: target(by) };
    if (flag(form, 'report-submit')) detail.formId = 'the formId is a mock one';
    tell(form, 'submit', detail);
  };
  const reset = (form, by) => {
    for (const field of fields(form)) field.reset();
    tell(form, 'reset', { target: target(by) });
  };
  // A button of a component acts on the form around the component, where the component says so.
  const formOf = (node) => {
    const form = around(node, 'form');
    const host = node.ownerShadowRoot && node.ownerShadowRoot.getHostNode();
    return form || (host && has(host, 'wx://form-field-button') ? formOf(host) : undefined);
  };
  view.builtin('form', { submit, reset });

  const call = (node, api, event, options, given) => {
    const done = (result) => tell(node, event, given ? given(result) : result);
    M.wx[api]({ ...options, success: done, fail: done });
  };
  // What the platform's servers or another app would answer, and a person besides.
  const ask = (type, event, failure) => (node) => {
    const parameter = attribute(node, 'app-parameter');
    M.host.start('$openType', { type, ...(parameter !== undefined && { parameter }) }, (error, result) => {
      if (!Element.isAttached(node)) return;
      if (!error) tell(node, event, { ...result, errMsg: type + ':ok' });
      else tell(node, failure || event, { errMsg: failure ? error.reason : type + ':fail ' + error.reason });
    });
  };
  const OPENS = {
    openSetting: (node) => call(node, 'openSetting', 'opensetting'),
    getUserInfo: (node) => call(node, 'getUserInfo', 'getuserinfo', { lang: attribute(node, 'lang') || 'en', withCredentials: true }),
    chooseAvatar: (node) => call(node, 'chooseMedia', 'chooseavatar', { count: 1, mediaType: ['image'] },
      (result) => result.tempFiles ? { avatarUrl: result.tempFiles[0].tempFilePath } : { errMsg: 'chooseAvatar:fail cancel' }),
    share(node) {
      M.lazy('share');
      M.share({ item: 'shareAppMessage', button: target(node) });
    },
    agreePrivacyAuthorization: (node) => tell(node, 'agreeprivacyauthorization', { errMsg: 'agreePrivacyAuthorization:ok' }),
    contact: (node) => tell(node, 'contact', { errMsg: 'enterContact:ok', path: attribute(node, 'session-message-path') || '', query: {} }),
    launchApp: ask('launchApp', 'launchapp', 'error'),
    getPhoneNumber: ask('getPhoneNumber', 'getphonenumber'),
    getRealtimePhoneNumber: ask('getRealtimePhoneNumber', 'getrealtimephonenumber'),
    // Only the platform's own app shows such an activity.
    liveActivity: (node) => tell(node, 'createliveactivity', { errMsg: 'createLiveActivity:fail not supported' }),
  };
  view.builtin('button', {
    labelled: true,
    deaf: (node) => flag(node, 'disabled'),
    on: {
      tap(node, event) {
        event.used = true;
        if (flag(node, 'disabled')) return;
        const type = attribute(node, 'form-type'), form = type && formOf(node);
        if (form && type === 'submit') submit(form, node);
        if (form && type === 'reset') reset(form, node);
        // One tap may agree to the privacy terms and ask for something.
        for (const name of String(attribute(node, 'open-type') || '').split('|')) if (OPENS[name.trim()]) OPENS[name.trim()](node);
      },
    },
  });

  // A tap beside the control is one on the control: the one that `for` names, or the first inside.
  const labelled = (label) => {
    const id = attribute(label, 'for');
    let found;
    if (id) below(label.ownerShadowRoot, (node) => { if (!found && node.id === id) found = node });
    else below(label, (node) => { if (!found && (view.kind(node) || {}).labelled) found = node });
    return found;
  };
  view.builtin('label', {
    on: {
      tap(node, event) {
        const one = !event.used && labelled(node), kind = one && view.kind(one);
        if (kind && kind.on) kind.on.tap(one, event);
        event.used = true;
      },
    },
  });
})
