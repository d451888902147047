// The words of `device` that are about apps which a test launches: their time, network, releases, and what happens to them.
(function (M) {
  'use strict';
  const { driverAsk: ask, driverSay: say, driverSleep: sleep, driverApps: apps, device, automator } = M;
  const number = (miniProgram) => (miniProgram && miniProgram.launchInfo ? { app: miniProgram.launchInfo.app } : {});

  const clock = {
    now: () => say({ do: 'now' }).now,
    async advance(span) {
      const { ms } = say({ do: 'span', span });
      // The time that a test lets pass is none that it takes.
      M.letPass = (M.letPass || 0) + ms;
      return (await ask({ do: 'advance', span: ms })).now;
    },
  };

  let before = 'wifi';
  const network = {
    offline() { device.set({ network: 'none' }) },
    online(type = before) {
      device.set({ network: type });
      before = type;
      device.network.shape('online');
    },
    slow({ latency, rate, drop, ...odd } = {}) {
      if (Object.keys(odd).length) throw new Error('network.slow has no ' + Object.keys(odd)[0] + ': it takes latency, rate, drop');
      const part = (name, value) => (value === undefined ? [] : [name + '=' + value]);
      device.network.shape(['online', ...part('latency', latency), ...part('rate', rate), ...part('drop', drop)].join(','));
    },
    fail(words) { say({ do: 'fail', words }) },
    heal() { say({ do: 'heal' }) },
  };

  // The person's answers to dialogs.
  let asked = {};
  const answer = (v) => {
    if (v === true || (v && v.confirm === true && v.content === undefined)) return 'confirm';
    if (v === false || (v && (v.cancel === true || v.confirm === false))) return 'cancel';
    if (typeof v === 'number') return { index: v };
    if (v && v.tapIndex !== undefined) return { index: v.tapIndex };
    if (v && v.confirm === true) return { text: v.content };
    return v;
  };
  const habit = (kind) => (v) => {
    asked[kind] = typeof v === 'function' ? v : undefined;
    say({ do: 'habit', kind, habit: typeof v === 'function' ? 'ask' : v === undefined ? null : answer(v) });
  };
  M.driverDialog = ({ number: n, kind, prompt }, miniProgram) => {
    say({ do: 'told', number: n });
    new Promise((ok) => ok(asked[kind] && asked[kind](prompt, miniProgram))).then((v) => {
      if (v !== undefined && v !== null) say({ do: 'answer', number: n, answer: answer(v) });
    }).catch((e) => M.report(e, 'device.ui'));
  };
  const SCOPES = ['addPhoneCalendar', 'addPhoneContact', 'address', 'bluetooth', 'camera', 'invoice', 'invoiceTitle', 'record', 'userFuzzyLocation', 'userInfo', 'userLocation', 'werun', 'writePhotosAlbum'];
  const ui = {
    onModal: habit('modal'),
    onActionSheet: habit('actionSheet'),
    onAuthorize(v) {
      if (typeof v === 'function') throw new Error('the platform asks for a scope while the app waits: say "allow", "deny" or { userLocation: "deny" }, not a function');
      const all = (word) => Object.fromEntries(SCOPES.map((scope) => [scope, word]));
      if (typeof v !== 'string') for (const k in v) if (!SCOPES.includes(k)) throw new Error('there is no scope ' + k + ': ' + SCOPES.join(', '));
      device.set({ permissions: typeof v === 'string' ? all(v) : v });
    },
  };

  // Decisions are about the app that was published last, unless one is named.
  let published;
  const decide = (act, words, { appId = published, ...more } = {}) => {
    if (!appId) return Promise.reject(new Error('nothing was published yet: release.publish(folder, { version }) comes first'));
    return ask({ do: 'decide', words: { act, appId, ...words, ...more } });
  };
  const release = {
    async publish(app, words) {
      const made = await ask({ do: 'publish', app, words: words === undefined ? {} : words });
      published = made.appId;
      return made;
    },
    rollout: (percent, o) => decide('rollout', { percent }, o),
    revoke: (o) => decide('revoke', {}, o),
    rollback: (to, o) => decide('rollback', to === undefined ? {} : { to }, o),
    settings: (settings, o) => decide('settings', { settings }, o),
    mode: (mode, o) => decide('mode', { mode }, o),
    whitelist: (users, o) => decide('whitelist', { users: [].concat(users) }, o),
  };

  const launch = (app, o) => automator.launch(typeof app === 'string' ? { app, ...o } : app && app.appId && !app.files && !app.app && !app.projectPath ? { app: app.appId, ...o } : { ...app, ...o });

  // timeline(): everything; timeline('update.'), timeline('boot', 'restart'), timeline({ app, launch, user }), or both.
  const timeline = (...filters) => {
    const kinds = filters.flat().filter((f) => typeof f === 'string');
    const like = Object.assign({}, ...filters.filter((f) => f && typeof f === 'object' && !Array.isArray(f) && !(f instanceof RegExp)));
    const tests = filters.filter((f) => typeof f === 'function' || f instanceof RegExp).map((f) => (f instanceof RegExp ? (e) => f.test(e.kind) : f));
    return say({ do: 'timeline', kinds, like }).entries.filter((e) => tests.every((t) => t(e)));
  };
  const met = new Map();
  // The next entry of this kind that was not waited for yet.
  const until = async (kind, like = {}, { timeout = 60000 } = {}) => {
    const error = new Error('nothing like ' + kind + ' ' + JSON.stringify(like) + ' has happened within ' + timeout + ' ms');
    const key = kind + JSON.stringify(like), end = clock.now() + timeout;
    for (;;) {
      const found = timeline(kind, like), at = met.get(key) || 0;
      if (found.length > at) {
        met.set(key, at + 1);
        return found[at];
      }
      if (clock.now() >= end) throw error;
      await sleep(50);
    }
  };
  const words = {
    clock, release, launch, timeline, until,
    background: (miniProgram) => ask({ do: 'background', ...number(miniProgram) }),
    foreground: (miniProgram, o) => ask({ do: 'foreground', ...number(miniProgram), ...(miniProgram && !miniProgram.launchInfo ? miniProgram : o) }),
    async kill() { await ask({ do: 'kill' }); apps.clear() },
    async restart(o) { await ask({ do: 'restart', ...o }); apps.clear() },
    async reset() {
      await ask({ do: 'reset' });
      met.clear();
      apps.clear();
      asked = {};
      network.online('wifi');
    },
  };
  M.driverWords = { device: words, network, ui };
})
