// wx.createRewardedVideoAd and wx.createInterstitialAd.
(function (M) {
  'use strict';
  M.lazy('objects');
  const { setTimeout } = M, one = {};
  // How long the person looks at one: all of it, or what is seen before it is closed.
  const LENGTH = { RewardedVideoAd: [15000, 5000], InterstitialAd: [3000, 3000] };
  const make = (object, adUnitId) => {
    const api = 'create' + object, rewarded = object === 'RewardedVideoAd';
    let loading, ready, shown = false, gone = false, hand;
    const load = () => ready ? Promise.resolve() : loading || (loading = new Promise((yes, no) => {
      M.host.start('$ad', { api }, (error, res) => {
        loading = undefined;
        if (gone) return;
        if (error) {
          const failure = { errMsg: error.reason, errCode: error.errCode };
          hand.tell('Error', failure);
          return no(failure);
        }
        ready = res;
        hand.tell('Load', {});
        yes();
      });
    }));
    const quietly = () => { load().catch(() => {}); };
    const close = isEnded => {
      shown = false;
      M.note('ad.close', { object, adUnitId, isEnded });
      hand.tell('Close', ...(rewarded ? [{ isEnded }] : []));
      quietly();
    };
    const show = () => {
      const failure = shown ? { errMsg: 'the advertisement is shown already', errCode: 2001 } : !ready && { errMsg: 'no advertisement is loaded', errCode: rewarded ? 1004 : 2003 };
      if (gone || failure) return Promise.reject(failure || { errMsg: 'the advertisement is destroyed', errCode: 1000 });
      const { isEnded } = ready;
      ready = undefined;
      shown = true;
      M.note('ad.show', { object, adUnitId });
      setTimeout(() => { if (!gone) close(!!isEnded); }, LENGTH[object][isEnded ? 0 : 1]);
      return Promise.resolve();
    };
    hand = M.handOut(object, '', { load, show, destroy() { gone = true; if (one[adUnitId] === hand.self) delete one[adUnitId]; } }, ['Load', 'Error', 'Close'], true);
    // It loads by itself, after the app has put its listeners on.
    setTimeout(() => { if (!gone) quietly(); }, 0);
    return hand.self;
  };
  const unit = (api, opts) => {
    const id = opts && opts.adUnitId;
    if (typeof id === 'string' && id) return id;
    throw Object.assign(new Error(`${api}:fail parameter error: parameter.adUnitId should be String instead of ${Object.prototype.toString.call(id).slice(8, -1)};`), { errno: 1001 });
  };
  M.made.createRewardedVideoAd = opts => {
    const id = unit('createRewardedVideoAd', opts);
    return opts.multiton ? make('RewardedVideoAd', id) : one[id] || (one[id] = make('RewardedVideoAd', id));
  };
  M.made.createInterstitialAd = opts => make('InterstitialAd', unit('createInterstitialAd', opts));
})
