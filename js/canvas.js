// wx.createCanvasContext and the older functions of a canvas: a drawing is the list of its steps.
(function (M) {
  'use strict';
  M.lazy('objects');
  const { setTimeout } = M;
  const STEPS = 'arc arcTo beginPath bezierCurveTo clearRect clip closePath drawImage fill fillRect fillText lineTo moveTo quadraticCurveTo rect restore rotate save scale setLineDash setShadow setTransform stroke strokeRect strokeText transform translate'.split(' ');
  // The older setters, and the properties that stand for the same.
  const SETTERS = { setFillStyle: 'fillStyle', setGlobalAlpha: 'globalAlpha', setLineCap: 'lineCap', setLineJoin: 'lineJoin', setLineWidth: 'lineWidth', setMiterLimit: 'miterLimit', setStrokeStyle: 'strokeStyle', setTextAlign: 'textAlign', setTextBaseline: 'textBaseline' };
  // Letters of the Latin alphabet are about half as wide as they are high, Chinese ones as wide.
  const width = (text, px) => Array.from(String(text)).reduce((sum, c) => sum + (c.codePointAt(0) > 0x2e80 ? px : px / 2), 0);
  const gradient = () => ({ addColorStop() {} });
  M.made.createCanvasContext = canvasId => {
    let steps = [];
    const own = {};
    for (const name of STEPS) own[name] = (...args) => { steps.push([name, args]); };
    for (const name of Object.keys(SETTERS)) own[name] = v => { self[SETTERS[name]] = v; steps.push([name, [v]]); };
    own.setFontSize = px => { self.font = self.font.replace(/[\d.]+px/, px + 'px'); steps.push(['setFontSize', [px]]); };
    own.createLinearGradient = own.createCircularGradient = gradient;
    own.createPattern = (image, repetition) => ({ image, repetition });
    own.measureText = text => ({ width: width(text, parseFloat((/([\d.]+)px/.exec(self.font) || [0, 10])[1])) });
    own.draw = (reserve, done) => {
      const callback = typeof reserve === 'function' ? reserve : done;
      M.note('canvas.draw', { id: String(canvasId), reserve: reserve === true, steps: steps.map(([name]) => name) });
      steps = [];
      if (typeof callback === 'function') setTimeout(() => M.guard(callback, undefined, [{ errMsg: 'drawCanvas:ok' }], 'CanvasContext.draw'), 0);
    };
    const { self } = M.handOut('CanvasContext', 'nothing is drawn', own, []);
    return Object.assign(self, { canvasId, fillStyle: '#000000', strokeStyle: '#000000', font: '10px sans-serif', lineWidth: 1, lineCap: 'butt', lineJoin: 'miter', miterLimit: 10, globalAlpha: 1, textAlign: 'left', textBaseline: 'normal' });
  };
  // A canvas draws nothing: its pixels are transparent.
  M.asked('canvasGetImageData', (res, { width, height }, done) => done({ ...res, width, height, data: new Uint8ClampedArray(4 * width * height) }, true));
  M.asked('canvasPutImageData', (res, { canvasId }, done) => {
    M.note('canvas.draw', { id: String(canvasId), reserve: true, steps: ['putImageData'] });
    done(res, true);
  });
})
