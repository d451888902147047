// The screen of a mini game, on which nothing is drawn: every call is taken and counted, and said to be so once.
(function (M) {
  'use strict';
  M.lazy('drawing');
  const wx = M.wx, told = new Set();
  const tell = (name, note) => {
    if (told.has(name)) return;
    told.add(name);
    M.console.warn(`${name} is not supported here: ${note}`);
  };
  M.define('createCanvas', () => {
    tell('createCanvas', 'nothing is drawn');
    const { windowWidth, windowHeight } = wx.getWindowInfo();
    return M.drawing.canvas(windowWidth, windowHeight);
  });
  M.define('createImage', M.drawing.picture);
  for (const event of ['touchStart', 'touchMove', 'touchEnd', 'touchCancel']) M.gamePair(event);
  M.define('getPerformance', () => ({ now: () => M.gameTime() * 1000, mark() {}, clearMarks() {} }));
  M.define('getTextLineHeight', (o) => { tell('getTextLineHeight', 'nothing is drawn'); return Math.round(1.2 * ((o && o.fontSize) || 12)) });
  M.define('loadFont', () => { tell('loadFont', 'nothing is drawn'); return null });
  M.define('getOpenDataContext', () => {
    tell('getOpenDataContext', 'there is no open data');
    return { canvas: wx.createCanvas(), postMessage() {} };
  });
})
