// The node of a canvas, as a selector query gives it: it takes every call, draws nothing, and `--dump` counts the calls.
(function (M) {
  'use strict';
  M.lazy('drawing');
  const { view } = M;
  let told = false;
  view.canvas = (node, width, height) => {
    if (!told) M.console.warn('canvas is not supported here: nothing is drawn');
    told = true;
    return Object.assign(M.drawing.canvas(width, height), {
      id: node.id,
      createImage: M.drawing.picture,
      createPath2D: () => ({}),
      createImageData: (w, h) => ({ width: w, height: h, data: new Uint8ClampedArray(4 * w * h) }),
      requestAnimationFrame: (f) => M.setTimeout(() => M.guard(f, undefined, [Date.now()], 'Canvas.requestAnimationFrame'), 16),
      cancelAnimationFrame: (id) => M.global.clearTimeout(id),
    });
  };
})
