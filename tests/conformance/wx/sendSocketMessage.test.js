// Rests on: the vendor's wx.sendSocketMessage, wx.closeSocket and wx.onSocketOpen/Message/Error/Close pages: functions of wx that mean one socket.
const url = testServer.url.replace('http', 'ws') + '/socket';
const events = [];
wx.onSocketOpen(res => events.push(['open', typeof res.header]));
wx.onSocketMessage(res => events.push(['message', res.data]));
wx.onSocketError(res => events.push(['error', res.errMsg]));
wx.onSocketClose(res => events.push(['close', res.code, res.reason]));
const heard = event => new Promise(done => {
  const on = res => { wx['offSocket' + event](on); done(res); };
  wx['onSocket' + event](on);
});

beforeEach(() => { events.splice(0); });

describe('wx.sendSocketMessage and wx.closeSocket', () => {
  test('mean the socket that was made last', async () => {
    const first = wx.connectSocket({ url });
    await heard('Open');
    wx.connectSocket({ url });
    await heard('Open');
    first.send({ data: 'for the first one' });
    expect(await wx.sendSocketMessage({ data: 'hello' })).toEqual({ errMsg: 'sendSocketMessage:ok' });
    await heard('Message');
    expect(await wx.closeSocket({ code: 1000, reason: 'bye' })).toEqual({ errMsg: 'closeSocket:ok' });
    await heard('Close');
    expect(events).toEqual([['open', 'object'], ['open', 'object'], ['message', 'hello'], ['close', 1000, 'bye']]);
    first.close();
    await new Promise(done => first.onClose(done));
  });

  test('fail where there is none', async () => {
    await expect(wx.sendSocketMessage({ data: 'x' })).rejects.toMatchObject({ errMsg: 'sendSocketMessage:fail WebSocket is not connected' });
    await expect(wx.closeSocket()).rejects.toMatchObject({ errMsg: 'closeSocket:fail WebSocket is not connected' });
  });

  test('cannot close what is not open yet', async () => {
    wx.connectSocket({ url });
    await expect(wx.closeSocket()).rejects.toMatchObject({ errMsg: 'closeSocket:fail WebSocket is not connected' });
    await heard('Open');
    const results = await new Promise(complete => wx.closeSocket({ complete }));
    expect(results.errMsg).toBe('closeSocket:ok');
    await heard('Close');
  });

  test('errors are told, then the end', async () => {
    wx.connectSocket({ url: url.replace('/socket', '/status/500') });
    await heard('Close');
    expect(events).toEqual([['error', 'Invalid HTTP status: 500'], ['close', 1006, 'abnormal closure']]);
  });

  test('the message must be text or bytes', async () => {
    await expect(wx.sendSocketMessage({})).rejects.toMatchObject({
      errMsg: 'sendSocketMessage:fail parameter error: parameter.data should be String or ArrayBuffer instead of Undefined;', errno: 1001,
    });
  });
});
