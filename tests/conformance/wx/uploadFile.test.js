// Rests on: the vendor's wx.uploadFile and UploadTask pages and its network guide.
const fs = wx.getFileSystemManager(), root = wx.env.USER_DATA_PATH, filePath = root + '/note.txt';
const post = options => new Promise((success, fail) => wx.uploadFile(Object.assign({ url: testServer.url + '/echo', filePath, name: 'file', success, fail }, options)));
const seen = res => JSON.parse(res.data);

// The parts of a form as [head, content].
const parts = ({ headers, body }) => {
  const boundary = '--' + /boundary=(.+)$/.exec(headers['content-type'])[1];
  return body.split(boundary).slice(1, -1).map(part => part.replace(/^\r\n|\r\n$/g, '').split('\r\n\r\n'));
};

beforeAll(() => fs.writeFileSync(filePath, 'hello'));

describe('wx.uploadFile', () => {
  test('sends a form with the fields and the file', async () => {
    const res = await post({ formData: { user: 'a b', n: 7 } });
    expect(res.errMsg).toBe('uploadFile:ok');
    expect(res.statusCode).toBe(200);
    const request = seen(res);
    expect(request.method).toBe('POST');
    expect(request.headers['content-length']).toBe(String(request.bytes));
    expect(parts(request)).toEqual([
      ['Content-Disposition: form-data; name="user"', 'a b'],
      ['Content-Disposition: form-data; name="n"', '7'],
      ['Content-Disposition: form-data; name="file"; filename="note.txt"\r\nContent-Type: text/plain', 'hello'],
    ]);
  });

  test('data is text, whatever it is; every status is a success', async () => {
    const res = await post({ url: testServer.url + '/status/500' });
    expect(res.statusCode).toBe(500);
    expect(res.data).toBe('{"status":500}');
  });

  test('the type of the form and the referer are the platform\'s, other headers are the app\'s', async () => {
    const { headers } = seen(await post({ header: { 'content-type': 'text/plain', Referer: 'https://example.com', 'X-Id': 7 } }));
    expect(headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(headers.referer).toMatch(/^https:\/\/servicewechat\.com\//);
    expect(headers['x-id']).toBe('7');
  });

  test('temporary files and those of the package can be sent', async () => {
    const temp = await new Promise((success, fail) => wx.downloadFile({ url: testServer.url + '/file/a.json', success, fail }));
    expect(parts(seen(await post({ filePath: temp.tempFilePath })))[0][1]).toBe('this is a.json');
    expect(JSON.parse(parts(seen(await post({ filePath: '/app.json' })))[0][1]).pages.length > 0).toBe(true);
  });

  test('nothing else can', async () => {
    for (const path of ['/etc/passwd', '../x', 'file:///etc/passwd', root + '/none', 'https://example.com/a.png']) {
      await expect(post({ filePath: path })).rejects.toMatchObject({ errMsg: `uploadFile:fail no such file or directory, open "${path}"`, errno: 1300002 });
    }
    await expect(post({ filePath: root + '/../x' })).rejects.toMatchObject({ errno: 1300013 });
    await expect(post({ filePath: root })).rejects.toMatchObject({ errno: 1301003 });
  });

  test('returns a task that tells how far it is', async () => {
    const long = root + '/long.bin', order = [], told = [];
    fs.writeFileSync(long, new ArrayBuffer(300000));
    await new Promise(complete => {
      const task = wx.uploadFile({ url: testServer.url + '/echo', filePath: long, name: 'f', success: () => order.push('success'), complete });
      expect(task.then).toBeUndefined();
      task.onProgressUpdate(res => told.push(res));
      task.onHeadersReceived(res => order.push(res.statusCode));
    });
    expect(order).toEqual([200, 'success']);
    const last = told[told.length - 1];
    expect(last.progress).toBe(100);
    expect(last.totalBytesSent).toBe(last.totalBytesExpectedToSend);
    expect(last.totalBytesSent > 300000).toBe(true);
    expect(told.length > 5).toBe(true);
  });

  test('abort fails with abort, a timeout with timeout', async () => {
    const fail = await new Promise(done => wx.uploadFile({ url: testServer.url + '/never', filePath, name: 'f', fail: done }).abort());
    expect(fail.errMsg).toBe('uploadFile:fail abort');
    await expect(post({ url: testServer.url + '/never', timeout: 20 })).rejects.toMatchObject({ errMsg: 'uploadFile:fail timeout', errno: 5 });
  });

  test('more than ten wait for their turn', async () => {
    const tasks = Array.from({ length: 10 }, () => wx.uploadFile({ url: testServer.url + '/never', filePath, name: 'f' }));
    const late = post();
    tasks[4].abort();
    expect((await late).statusCode).toBe(200);
    tasks.forEach(task => task.abort());
  });

  test('parameters of the wrong type and bad addresses are refused', async () => {
    const told = [];
    wx.uploadFile({ url: 'https://a.b', fail: res => told.push(res.errMsg) });
    wx.uploadFile({ url: 1, filePath, name: 'f', formData: 'x', fail: res => told.push(res.errMsg) });
    expect(told).toEqual([
      'uploadFile:fail parameter error: parameter.filePath should be String instead of Undefined;parameter.name should be String instead of Undefined;',
      'uploadFile:fail parameter error: parameter.url should be String instead of Number;parameter.formData should be Object or Undefined or Null instead of String;',
    ]);
    await expect(post({ url: '/upload' })).rejects.toMatchObject({ errMsg: 'uploadFile:fail invalid url "/upload"', errno: 600009 });
  });
});
