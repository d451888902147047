// Rests on: the vendor's wx.connectSocket and SocketTask pages, its network guide, and the base library's behaviour.
const url = testServer.url.replace('http', 'ws') + '/socket';
const open = options => new Promise((done, fail) => {
  const task = wx.connectSocket(Object.assign({ url }, options));
  task.onOpen(() => done(task));
  task.onError(fail);
});
const next = (task, event) => new Promise(done => task['on' + event](done));
const say = (task, data) => new Promise((success, fail) => task.send({ data, success, fail }));
const close = (task, options) => new Promise((success, fail) => task.close(Object.assign({ success, fail }, options)));

describe('wx.connectSocket', () => {
  test('gives a task at once; success means that it was begun', async () => {
    const order = [];
    const task = wx.connectSocket({ url, success: res => order.push(res.errMsg), complete: () => order.push('complete') });
    expect(task.then).toBeUndefined();
    expect([task.CONNECTING, task.OPEN, task.CLOSING, task.CLOSED]).toEqual([0, 1, 2, 3]);
    expect(task.readyState).toBe(task.CONNECTING);
    task.onOpen(() => order.push('open'));
    const opened = await next(task, 'Open');
    expect(order).toEqual(['connectSocket:ok', 'complete', 'open']);
    expect(task.readyState).toBe(task.OPEN);
    expect(opened.header.Upgrade).toBe('websocket');
    expect(typeof opened.profile.cost).toBe('number');
    await close(task);
    expect(task.readyState).toBe(task.CLOSING);
    expect(await next(task, 'Close')).toEqual({ code: 1000, reason: '' });
    expect(task.readyState).toBe(task.CLOSED);
  });

  test('sends and gets text and bytes, in order', async () => {
    const task = await open(), got = [];
    task.onMessage(res => got.push(typeof res.data === 'string' ? res.data : Array.from(new Uint8Array(res.data))));
    expect((await say(task, 'twice 中')).errMsg).toBe('sendSocketMessage:ok');
    await say(task, new Uint8Array([0, 255]).buffer);
    await say(task, new Uint8Array([1, 2, 3]).subarray(1));
    await say(task, 'close 4001 enough');
    expect(await next(task, 'Close')).toEqual({ code: 4001, reason: 'enough' });
    expect(got).toEqual(['中', '中', [0, 255], [2, 3]]);
  });

  test('the app closes with a code and a reason of its own', async () => {
    const task = await open();
    expect((await close(task, { code: 3001, reason: 'gone' })).errMsg).toBe('closeSocket:ok');
    expect(await next(task, 'Close')).toEqual({ code: 3001, reason: 'gone' });
    const fail = 'closeSocket:fail WebSocket is not connected';
    await expect(close(task)).rejects.toMatchObject({ errMsg: fail });
  });

  test('bad codes, long reasons and wrong types are refused, and the socket stays open', async () => {
    const task = await open();
    for (const code of [0, 999, 1005, 1006, 5000, 1000.5]) {
      await expect(close(task, { code })).rejects.toMatchObject({ errMsg: 'closeSocket:fail invalid code', errno: 1001 });
    }
    await expect(close(task, { reason: '长'.repeat(42) })).rejects.toMatchObject({ errno: 1001 });
    await expect(close(task, { code: '1000' })).rejects.toMatchObject({
      errMsg: 'closeSocket:fail parameter error: parameter.code should be Number or Undefined or Null instead of String;',
    });
    await expect(say(task, { a: 1 })).rejects.toMatchObject({
      errMsg: 'sendSocketMessage:fail parameter error: parameter.data should be String or ArrayBuffer instead of Object;',
    });
    expect(task.readyState).toBe(task.OPEN);
    await close(task, { reason: '长'.repeat(41) });
    await next(task, 'Close');
  });

  test('nothing can be sent before it is open or after it is closed', async () => {
    const task = wx.connectSocket({ url }), opened = next(task, 'Open');
    await expect(say(task, 'early')).rejects.toMatchObject({ errMsg: 'sendSocketMessage:fail SocketTask.readyState is not OPEN' });
    await opened;
    const closed = next(task, 'Close');
    await close(task);
    await expect(say(task, 'late')).rejects.toMatchObject({ errMsg: 'sendSocketMessage:fail SocketTask.readyState is not OPEN' });
    await closed;
  });

  test('one that is closed while it connects never opens', async () => {
    const events = [], task = wx.connectSocket({ url });
    task.onOpen(() => events.push('open'));
    task.onError(() => events.push('error'));
    close(task, { code: 4000, reason: 'no longer' });
    expect(await next(task, 'Close')).toEqual({ code: 4000, reason: 'no longer' });
    expect(events).toEqual([]);
  });

  test('a connection that breaks is an error, then the end', async () => {
    const task = await open(), order = [];
    task.onError(res => order.push(res.errMsg));
    await say(task, 'drop');
    order.push(await next(task, 'Close'));
    expect(order).toHaveLength(2);
    expect(order[0]).toMatch('net::ERR_CONNECTION_CLOSED');
    expect(order[1]).toEqual({ code: 1006, reason: 'abnormal closure' });
  });

  test('so is one that never comes about', async () => {
    for (const [target, expected] of [
      [url.replace('/socket', '/status/404'), 'Invalid HTTP status: 404'],
      ['ws://name.invalid/', 'errcode:-105 cronet_error_code:-105 error_msg:net::ERR_NAME_NOT_RESOLVED'],
    ]) {
      const results = [], task = wx.connectSocket({ url: target, success: res => results.push(res.errMsg) });
      task.onError(res => results.push(res.errMsg));
      expect((await next(task, 'Close')).code).toBe(1006);
      expect(results).toEqual(['connectSocket:ok', expected]);
    }
  });

  test('a server that does not answer runs into the timeout', async () => {
    const task = wx.connectSocket({ url: url.replace('/socket', '/never'), timeout: 30 });
    expect((await next(task, 'Error')).errMsg).toBe('timeout');
    expect(task.readyState).toBe(task.CONNECTING);
    await next(task, 'Close');
  });

  test('subprotocols are offered and one is chosen; headers are the app\'s but for the referer', async () => {
    const task = wx.connectSocket({ url, protocols: ['other', 'mqtt'], header: { Referer: 'https://example.com', 'X-Id': 7 } });
    const { header } = await next(task, 'Open');
    expect(header['Sec-Websocket-Protocol'] || header['Sec-WebSocket-Protocol']).toBe('mqtt');
    task.send({ data: 'headers' });
    const seen = JSON.parse((await next(task, 'Message')).data);
    expect(seen['sec-websocket-protocol']).toBe('other, mqtt');
    expect(seen['x-id']).toBe('7');
    expect(seen.referer).toMatch(/^https:\/\/servicewechat\.com\//);
    await close(task);
    await next(task, 'Close');
  });

  test('there are five at a time', async () => {
    const tasks = await Promise.all(Array.from({ length: 5 }, () => open()));
    const sixth = await new Promise(fail => wx.connectSocket({ url, fail }));
    expect(sixth).toEqual({ errMsg: 'connectSocket:fail exceed max task count', errno: 600007 });
    const closed = next(tasks[2], 'Close');
    tasks[2].close();
    await closed;
    tasks[2] = await open();
    for (const task of tasks) { const end = next(task, 'Close'); task.close({}); await end; }
  });

  test('an address that is none is refused, and there is a task all the same', () => new Promise(done => {
    const told = [];
    const task = wx.connectSocket({ url: 'https://a.b', fail: res => {
      told.push(res);
      expect(told).toEqual([
        { errMsg: 'connectSocket:fail parameter error: parameter.url should be String instead of Undefined;', errno: 1001 },
        { errMsg: 'connectSocket:fail invalid url "https://a.b"', errno: 600009 },
      ]);
      expect(task.readyState).toBe(task.CLOSED);
      done();
    } });
    wx.connectSocket({ fail: res => told.push(res) });
  }));

  test('what a listener throws does not stop the others', async () => {
    const task = await open(), errors = [], heard = [];
    const onError = res => errors.push(res.message);
    wx.onError(onError);
    task.onMessage(() => { throw new Error('of the listener'); });
    task.onMessage(res => heard.push(res.data));
    const said = next(task, 'Message');
    await say(task, 'x');
    await said;
    await close(task);
    await next(task, 'Close');
    wx.offError(onError);
    expect(heard).toEqual(['x']);
    expect(errors[0]).toMatch('of the listener');
  });
});
