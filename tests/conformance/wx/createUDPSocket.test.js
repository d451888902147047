// Rests on: the vendor's wx.createUDPSocket and UDPSocket pages, and the typings.
const next = (socket, event) => new Promise(done => {
  const heard = res => { socket['off' + event](heard); done(res); };
  socket['on' + event](heard);
});
const text = bytes => String.fromCharCode(...new Uint8Array(bytes));
const address = '127.0.0.1';
const pair = () => {
  const [a, b] = [wx.createUDPSocket(), wx.createUDPSocket('udp4')];
  return { a, b, from: a.bind(), to: b.bind(), done: () => { a.close(); b.close(); } };
};

describe('wx.createUDPSocket', () => {
  test('two sockets talk to each other, and each learns who the other is', async () => {
    const { a, b, from, to, done } = pair();
    expect(from).toBeGreaterThan(0);
    expect(to).not.toBe(from);
    const arrived = next(b, 'Message');
    expect(a.send({ address, port: to, message: 'hello' })).toBeUndefined();
    const got = await arrived;
    expect(got.message).toBeInstanceOf(ArrayBuffer);
    expect(text(got.message)).toBe('hello');
    expect(got.remoteInfo).toEqual({ address, family: 'IPv4', port: from, size: 5 });
    expect(got.localInfo).toMatchObject({ family: 'IPv4', port: to });
    const answered = next(a, 'Message');
    b.send({ address: 'localhost', port: got.remoteInfo.port, message: new Uint8Array([0, 255]).buffer });
    expect(Array.from(new Uint8Array((await answered).message))).toEqual([0, 255]);
    done();
  });

  test('a part of the bytes is sent by offset and length', async () => {
    const { a, b, to, done } = pair(), message = new Uint8Array([1, 2, 3, 4, 5]).buffer;
    for (const [options, bytes] of [[{ offset: 1, length: 2 }, [2, 3]], [{ offset: 3 }, [4, 5]], [{ length: 1 }, [1]], [{ offset: 5 }, []]]) {
      const arrived = next(b, 'Message');
      a.send({ address, port: to, message, ...options });
      expect(Array.from(new Uint8Array((await arrived).message))).toEqual(bytes);
    }
    const failed = next(a, 'Error');
    a.send({ address, port: to, message, offset: 4, length: 2 });
    expect((await failed).errMsg).toBe('send:fail invalid offset or length');
    done();
  });

  test('a socket that sends first is bound to a free port by it', async () => {
    const a = wx.createUDPSocket(), b = wx.createUDPSocket(), port = b.bind();
    const listening = next(a, 'Listening'), arrived = next(b, 'Message');
    a.write({ address, port, message: '中' });
    await listening;
    expect((await arrived).remoteInfo).toMatchObject({ port: a.bind(), size: 3 });
    a.close();
    b.close();
  });

  test('a connected socket writes to the other side, and hears nobody else', async () => {
    const { a, b, from, to, done } = pair(), c = wx.createUDPSocket(), third = c.bind(), heard = [];
    a.connect({ address, port: to });
    const arrived = next(b, 'Message');
    a.write({ address, port: third, message: 'to b all the same' });
    expect(text((await arrived).message)).toBe('to b all the same');
    a.onMessage(res => heard.push(text(res.message)));
    const answered = next(a, 'Message');
    c.send({ address, port: from, message: 'from c' });
    b.send({ address, port: from, message: 'from b' });
    await answered;
    expect(heard).toEqual(['from b']);
    const other = next(c, 'Message');
    a.send({ address, port: third, message: 'to c' });
    expect(text((await other).message)).toBe('to c');
    c.close();
    done();
  });

  test('a port that is taken is an error, and so is a second one', async () => {
    const a = wx.createUDPSocket(), b = wx.createUDPSocket(), port = a.bind();
    let failed = next(b, 'Error');
    expect(b.bind(port)).toBe(0);
    expect((await failed).errMsg).toBe('bind:fail address already in use');
    failed = next(a, 'Error');
    expect(a.bind(port + 1)).toBe(port);
    expect((await failed).errMsg).toBe('bind:fail socket is already bound');
    failed = next(b, 'Error');
    b.bind(70000);
    expect((await failed).errMsg).toBe('bind:fail invalid port');
    failed = next(b, 'Error');
    b.bind('1');
    expect((await failed).errMsg).toBe('bind:fail parameter error: port should be Number');
    a.close();
    b.close();
  });

  test('the hops of a packet are a number up to 255', async () => {
    const a = wx.createUDPSocket(), b = wx.createUDPSocket(), port = b.bind();
    a.setTTL(7);
    const arrived = next(b, 'Message');
    a.send({ address, port, message: 'near' });
    expect(text((await arrived).message)).toBe('near');
    for (const ttl of [256, -1, 1.5]) {
      const failed = next(a, 'Error');
      a.setTTL(ttl);
      expect((await failed).errMsg).toBe('setTTL:fail invalid ttl');
    }
    a.close();
    b.close();
  });

  test('wrong arguments are told by onError', async () => {
    expect(() => wx.createUDPSocket('tcp')).toThrow('createUDPSocket:fail parameter error: type should be udp4 or udp6');
    const a = wx.createUDPSocket();
    for (const [options, reason] of [
      [{ address, port: 1, message: { a: 1 } }, 'parameter error: parameter.message should be String or ArrayBuffer instead of Object;'],
      [{ address, port: '1', message: '' }, 'parameter error: parameter.port should be Number instead of String;'],
      [{ port: 1, message: '' }, 'parameter error: parameter.address should be String instead of Undefined;'],
      [{ address, port: 65536, message: '' }, 'invalid port'],
      [{ address: 'nobody.invalid', port: 1, message: '' }, 'no such address nobody.invalid'],
    ]) {
      const failed = next(a, 'Error');
      a.send(options);
      expect((await failed).errMsg).toBe('send:fail ' + reason);
    }
    a.close();
  });

  test('after its end a socket sends nothing and hears nothing', async () => {
    const { a, b, from, to } = pair(), heard = [];
    a.onMessage(res => heard.push(res));
    const closed = next(a, 'Close');
    a.close();
    b.send({ address, port: from, message: 'too late' });
    await closed;
    for (const [method, ...args] of [['send', { address, port: to, message: '' }], ['bind'], ['close'], ['setTTL', 3]]) {
      const failed = next(a, 'Error');
      a[method](...args);
      expect((await failed).errMsg).toBe(method + ':fail socket is closed');
    }
    expect(heard).toEqual([]);
    const again = wx.createUDPSocket();
    expect(again.bind(from)).toBe(from);
    again.close();
    b.close();
  });

  test('without a network nothing is sent', async () => {
    const { a, to, done } = pair();
    device.network.set('none');
    const failed = next(a, 'Error');
    a.send({ address, port: to, message: 'x' });
    expect((await failed).errMsg).toBe('send:fail network is down');
    device.network.set('wifi');
    done();
  });

  test('listeners that are taken off hear nothing', async () => {
    const { a, b, to, done } = pair(), heard = [], hear = res => heard.push(res);
    b.onListening(hear); b.offListening(hear);
    b.onMessage(hear); b.offMessage(hear);
    b.onClose(hear); b.offClose(hear);
    b.onError(hear); b.offError();
    const arrived = next(b, 'Message');
    a.send({ address, port: to, message: 'x' });
    await arrived;
    b.setTTL(-1);
    const closed = next(b, 'Close');
    done();
    await closed;
    expect(heard).toEqual([]);
  });

  test('is there for canIUse', () => {
    expect(wx.canIUse('createUDPSocket')).toBe(true);
  });
});
