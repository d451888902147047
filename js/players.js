// The contexts of components: video, live player and pusher, camera and map.
(function (M) {
  'use strict';
  M.lazy('objects');
  const { setTimeout } = M;
  const VIDEO = ['play', 'pause', 'stop', 'seek', 'playbackRate', 'sendDanmu', 'requestFullScreen', 'exitFullScreen', 'showStatusBar', 'hideStatusBar'];
  const HOSTED = {
    LivePlayerContext: ['play', 'pause', 'resume', 'stop', 'mute', 'requestFullScreen', 'exitFullScreen', 'snapshot'],
    LivePusherContext: ['start', 'pause', 'resume', 'stop', 'startPreview', 'stopPreview', 'switchCamera', 'toggleTorch', 'playBGM', 'pauseBGM', 'resumeBGM', 'stopBGM', 'setBGMVolume', 'setMICVolume', 'sendMessage', 'snapshot'],
    CameraContext: ['takePhoto', 'startRecord', 'stopRecord', 'setZoom'],
    MapContext: ['getCenterLocation', 'moveToLocation', 'getScale', 'getRotate', 'getSkew', 'getRegion', 'includePoints', 'addMarkers', 'removeMarkers', 'translateMarker', 'openMapApp'],
  };
  const ended = (res, opts) => {
    if (opts && typeof opts.animationEnd === 'function') setTimeout(() => M.guard(opts.animationEnd, undefined, [], 'MapContext.translateMarker animationEnd'), opts.duration > 0 ? opts.duration : 1000);
  };
  const hosted = (object, id) => {
    const own = {};
    for (const name of HOSTED[object]) own[name] = M.hosted(object, id, name, name === 'translateMarker' ? ended : undefined);
    return M.handOut(object, 'nothing is shown', own, []).self;
  };
  M.made.createVideoContext = (id, component) => {
    const own = {};
    for (const method of VIDEO) own[method] = (...args) => {
      M.note('media.command', { object: 'VideoContext', id: String(id), method, args: args.length ? args[0] : null });
      // Without a tree there is no node that could tell of it.
      if (M.view && M.view.playVideo) M.view.playVideo(component, String(id), method, args);
    };
    return M.handOut('VideoContext', 'nothing is shown', own, []).self;
  };
  M.made.createLivePlayerContext = id => hosted('LivePlayerContext', id);
  M.made.createLivePusherContext = () => hosted('LivePusherContext', '');
  M.made.createCameraContext = () => hosted('CameraContext', '');
  M.made.createMapContext = id => hosted('MapContext', id);
})
