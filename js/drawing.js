// What is drawn on: every call is taken and counted, and draws nothing: its pixels are transparent. A picture has its size.
(function (M) {
  'use strict';
  const drawn = M.drawn = {};
  const count = (name) => { drawn[name] = (drawn[name] || 0) + 1 };

  // What games read of the answers; all other calls answer nothing.
  const pixels = (width, height) => ({ width, height, data: new Uint8ClampedArray(4 * Math.max(0, width * height) || 0) });
  const answers = {
    measureText: (text) => ({ width: 10 * String(text).length }),
    getImageData: (x, y, width, height) => pixels(width, height),
    createImageData: (width, height) => pixels(width, height),
    getShaderParameter: () => true,
    getProgramParameter: () => true,
    getShaderInfoLog: () => '',
    getProgramInfoLog: () => '',
    getShaderPrecisionFormat: () => ({ precision: 23, rangeMin: 127, rangeMax: 127 }),
    getSupportedExtensions: () => [],
    getExtension: () => null,
    getContextAttributes: () => ({}),
    getError: () => 0,
    getParameter: () => 0,
    isContextLost: () => false,
  };
  const taking = (own, kind) => new Proxy(own, {
    get(target, key) {
      if (key in target || typeof key === 'symbol' || key === 'then') return target[key];
      // A constant of WebGL.
      if (/^[A-Z][A-Z0-9_]*$/.test(key)) return 0;
      const answer = answers[key] || (/^create|Location$/.test(key) ? () => taking({}, key) : () => undefined);
      return target[key] = (...args) => { count(`${kind}.${key}`); return answer(...args) };
    },
  });

  const canvas = (width, height) => {
    const contexts = {}, api = 'Canvas.toTempFilePath';
    const wanted = (o) => {
      const { x = 0, y = 0, width: w = canvas.width, height: h = canvas.height, destWidth = w, destHeight = h, fileType = 'png', quality = 1 } = o || {};
      return { x, y, width: w, height: h, destWidth, destHeight, fileType, quality };
    };
    const canvas = {
      width,
      height,
      getContext: (kind) => contexts[kind] || (contexts[kind] = taking({ canvas }, kind)),
      // A canvas without an area has an empty picture, as in HTML.
      toDataURL: (type) => canvas.width >= 1 && canvas.height >= 1 ? M.host.call('$canvas.data', { width: canvas.width, height: canvas.height, type: String(type) }).url : 'data:,',
      toTempFilePathSync(o) {
        try { return M.host.call('canvasToTempFilePath', wanted(o)).tempFilePath } catch (e) { throw new Error(`Canvas.toTempFilePathSync:fail ${e.reason}`) }
      },
      toTempFilePath(o) {
        M.host.start('canvasToTempFilePath', wanted(o), (error, res) => {
          const answer = error ? { errMsg: `${api}:fail ${error.reason}` } : { ...res, errMsg: `${api}:ok` };
          for (const key of [error ? 'fail' : 'success', 'complete']) if (o && typeof o[key] === 'function') M.guard(o[key], undefined, [answer], `${api} ${key}`);
        });
      },
    };
    return canvas;
  };

  // A picture has its size; who waits for it goes on.
  const picture = () => {
    let src = '';
    const image = { width: 0, height: 0, onload: null, onerror: null, complete: false };
    const call = (name, arg) => { if (typeof image[name] === 'function') M.guard(image[name], image, [arg], 'Image.' + name) };
    return Object.defineProperty(image, 'src', {
      enumerable: true,
      get: () => src,
      set(value) {
        src = String(value);
        image.complete = false;
        M.host.start('getImageInfo', { src }, (error, info) => {
          if (String(value) !== src) return;
          image.complete = true;
          if (error) return call('onerror', { errMsg: `Image:fail ${error.reason}` });
          image.width = info.width;
          image.height = info.height;
          call('onload', { target: image });
        });
      },
    });
  };
  M.drawing = { canvas, picture };
  M.made.createOffscreenCanvas = (options, height) => {
    const { width = 300, height: high = 150 } = typeof options === 'number' ? { width: options, height } : options || {};
    return Object.assign(canvas(width, high), { createImage: picture });
  };
})
