// Rests on: the vendor's wx.request and RequestTask pages, its network guide (referer, timeouts, concurrency, statuses) and its errno table.
const url = path => testServer.url + path;
const get = (path, options) => new Promise((success, fail) => wx.request(Object.assign({ url: url(path), success, fail }, options)));

describe('wx.request', () => {
  test('gives data, statusCode, header and cookies', async () => {
    const res = await get('/status/200');
    expect(res.errMsg).toBe('request:ok');
    expect(res.statusCode).toBe(200);
    expect(res.data).toEqual({ status: 200 });
    expect(res.header['Content-Type']).toBe('application/json');
    expect(res.cookies).toEqual([]);
  });

  test('every status is a success', async () => {
    for (const code of [201, 404, 500]) expect((await get('/status/' + code)).statusCode).toBe(code);
  });

  test('returns a task, never a promise', () => {
    const task = wx.request({ url: url('/echo') });
    expect(typeof task.abort).toBe('function');
    expect(typeof task.onHeadersReceived).toBe('function');
    expect(task.then).toBeUndefined();
  });

  test('data of a GET becomes the query', async () => {
    const { data } = await get('/echo?z=0', { data: { x: 1, y: 'a b&' } });
    expect(data.method).toBe('GET');
    expect(data.query).toBe('z=0&x=1&y=a%20b%26');
  });

  test('data of a POST is JSON by default', async () => {
    const { data } = await get('/echo', { method: 'POST', data: { a: [1] } });
    expect(data.body).toBe('{"a":[1]}');
    expect(data.headers['content-type']).toBe('application/json');
  });

  test('data of a POST is a form when the content type says so', async () => {
    const header = { 'content-type': 'application/x-www-form-urlencoded' };
    const { data } = await get('/echo', { method: 'POST', header, data: { a: 1, b: 'x y' } });
    expect(data.body).toBe('a=1&b=x%20y');
  });

  test('a string is sent as it is, an ArrayBuffer as bytes', async () => {
    expect((await get('/echo', { method: 'PUT', data: 'plain' })).data.body).toBe('plain');
    expect((await get('/echo', { method: 'POST', data: new Uint8Array([104, 105]).buffer })).data.body).toBe('hi');
  });

  test('the referer is fixed, other headers are the app\'s', async () => {
    const { data } = await get('/echo', { header: { Referer: 'https://example.com', 'X-Id': 7 } });
    expect(data.headers.referer).toMatch(/^https:\/\/servicewechat\.com\/.+\/.+\/page-frame\.html$/);
    expect(data.headers['x-id']).toBe('7');
  });

  test('dataType json parses what parses and leaves the rest', async () => {
    expect((await get('/text/12')).data).toBe(12);
    expect((await get('/text/word')).data).toBe('word');
    expect((await get('/text/12', { dataType: 'text' })).data).toBe('12');
  });

  test('responseType arraybuffer gives bytes', async () => {
    const { data } = await get('/bytes/300', { responseType: 'arraybuffer' });
    expect(data instanceof ArrayBuffer).toBe(true);
    expect(data.byteLength).toBe(300);
    expect(new Uint8Array(data)[255]).toBe(255);
  });

  test('headers are told before the result, to listeners that are still there', async () => {
    const order = [];
    await new Promise(done => {
      const task = wx.request({ url: url('/set-cookie'), success: () => order.push('success'), complete: done });
      const gone = () => order.push('gone');
      task.onHeadersReceived(res => order.push(res.cookies.length, res.statusCode));
      task.onHeadersReceived(gone);
      task.offHeadersReceived(gone);
    });
    expect(order).toEqual([2, 200, 'success']);
  });

  test('cookies are not kept', async () => {
    expect((await get('/set-cookie')).cookies).toHaveLength(2);
    expect((await get('/echo')).data.headers.cookie).toBeUndefined();
  });

  test('a chunked answer comes in pieces', async () => {
    let text = '';
    const res = await new Promise((success, fail) => {
      const task = wx.request({ url: url('/chunks/3'), enableChunked: true, success, fail });
      task.onChunkReceived(chunk => { text += String.fromCharCode(...new Uint8Array(chunk.data)); });
    });
    expect(text).toBe('chunk 1chunk 2chunk 3');
    expect(res.data).toBe('');
  });

  test('abort fails with abort', async () => {
    const fail = await new Promise(done => wx.request({ url: url('/never'), fail: done }).abort());
    expect(fail.errMsg).toBe('request:fail abort');
  });

  test('a timeout fails with timeout', async () => {
    await expect(get('/never', { timeout: 20 })).rejects.toMatchObject({ errMsg: 'request:fail timeout', errno: 5 });
  });

  test('redirects are followed, or handed over', async () => {
    expect((await get('/redirect/3')).statusCode).toBe(200);
    const res = await get('/redirect/3', { redirect: 'manual' });
    expect(res.statusCode).toBe(303);
    expect(res.header.Location).toBe('/redirect/2');
  });

  test('an address that is none is refused', async () => {
    await expect(get('', { url: '/api/list' })).rejects.toMatchObject({ errMsg: 'request:fail invalid url "/api/list"', errno: 600009 });
  });

  test('a method that is none is refused', async () => {
    await expect(get('/echo', { method: 'PATCH' })).rejects.toMatchObject({ errMsg: 'request:fail method is invalid' });
  });

  test('parameters of the wrong type are refused at once, and there is a task all the same', () => {
    const told = [];
    const task = wx.request({ url: 1, header: 'x', fail: res => told.push(res) });
    expect(told).toEqual([{
      errMsg: 'request:fail parameter error: parameter.url should be String instead of Number;parameter.header should be Object or Undefined or Null instead of String;',
      errno: 1001,
    }]);
    task.abort();
  });

  test('more than ten wait for their turn', async () => {
    const tasks = Array.from({ length: 10 }, () => wx.request({ url: url('/never') }));
    const late = get('/text/late');
    tasks[4].abort();
    expect((await late).data).toBe('late');
    tasks.forEach(task => task.abort());
  });
});
