// Rests on: the vendor's wx.downloadFile and DownloadTask pages and its network guide.
const fs = wx.getFileSystemManager(), root = wx.env.USER_DATA_PATH;
const get = (path, options) => new Promise((success, fail) => wx.downloadFile(Object.assign({ url: testServer.url + path, success, fail }, options)));

describe('wx.downloadFile', () => {
  test('puts the file into a temporary one that can be read and kept', async () => {
    const res = await get('/file/photo.png');
    expect(res.errMsg).toBe('downloadFile:ok');
    expect(res.statusCode).toBe(200);
    expect(res.filePath).toBeUndefined();
    expect(res.tempFilePath).toMatch(/^wxfile:\/\/tmp_.+\.png$/);
    expect(res.header['Content-Type']).toBe('image/png');
    expect(res.profile.receivedBytedCount).toBe(17);
    expect(fs.readFileSync(res.tempFilePath, 'utf8')).toBe('this is photo.png');
    const saved = fs.saveFileSync(res.tempFilePath, root + '/photo.png');
    expect(fs.readFileSync(saved, 'utf8')).toBe('this is photo.png');
    expect(() => fs.accessSync(res.tempFilePath)).toThrow('accessSync:fail no such file or directory');
  });

  test('puts it where the app says, over what was there', async () => {
    const filePath = root + '/mine.txt';
    fs.writeFileSync(filePath, 'before and longer than after');
    const res = await get('/text/after', { filePath });
    expect(res.filePath).toBe(filePath);
    expect(res.tempFilePath).toBeUndefined();
    expect(fs.readFileSync(filePath, 'utf8')).toBe('after');
  });

  test('every status is a success, with what the server sent', async () => {
    const res = await get('/status/404');
    expect(res.statusCode).toBe(404);
    expect(JSON.parse(fs.readFileSync(res.tempFilePath, 'utf8'))).toEqual({ status: 404 });
  });

  test('returns a task, never a promise', async () => {
    const fail = await new Promise(done => {
      const task = wx.downloadFile({ url: testServer.url + '/never', fail: done });
      expect(task.then).toBeUndefined();
      expect(typeof task.offProgressUpdate).toBe('function');
      task.abort();
    });
    expect(fail.errMsg).toBe('downloadFile:fail abort');
  });

  test('tells the headers, then how far it is, each percent once', async () => {
    const order = [], seen = [];
    await new Promise(complete => {
      const task = wx.downloadFile({ url: testServer.url + '/bytes/1000000', success: () => order.push('success'), complete });
      const gone = () => order.push('gone');
      task.onHeadersReceived(res => order.push(res.header['Content-Length']));
      task.onProgressUpdate(res => seen.push(res));
      task.onProgressUpdate(gone);
      task.offProgressUpdate(gone);
    });
    expect(order).toEqual(['1000000', 'success']);
    const percents = seen.map(res => res.progress);
    expect(percents).toEqual(Array.from(new Set(percents)).sort((a, b) => a - b));
    expect(seen[seen.length - 1]).toEqual({ progress: 100, totalBytesWritten: 1000000, totalBytesExpectedToWrite: 1000000 });
  });

  test('nothing is left of a file that does not arrive whole', async () => {
    const filePath = root + '/broken.txt';
    await expect(get('/broken', { filePath })).rejects.toMatchObject({ errno: 600001 });
    expect(() => fs.accessSync(filePath)).toThrow('accessSync:fail no such file or directory');
    await expect(get('/never', { filePath, timeout: 20 })).rejects.toMatchObject({ errMsg: 'downloadFile:fail timeout', errno: 5 });
    expect(fs.readdirSync(root).includes('broken.txt')).toBe(false);
  });

  test('only the app\'s own folder can be written', async () => {
    for (const filePath of ['/app.json', 'wxfile://store_x', root + '/../x', root]) {
      await expect(get('/text/x', { filePath })).rejects.toMatchObject({ errMsg: `downloadFile:fail permission denied, open "${filePath}"`, errno: 1300013 });
    }
    const filePath = root + '/none/x';
    await expect(get('/text/x', { filePath })).rejects.toMatchObject({ errMsg: `downloadFile:fail no such file or directory, open "${filePath}"`, errno: 1300002 });
  });

  test('more than ten wait for their turn, and requests have turns of their own', async () => {
    const tasks = Array.from({ length: 10 }, () => wx.downloadFile({ url: testServer.url + '/never' }));
    let done = false;
    const late = get('/text/late').then(res => { done = true; return res; });
    const request = await new Promise((success, fail) => wx.request({ url: testServer.url + '/text/now', success, fail }));
    expect(request.data).toBe('now');
    expect(done).toBe(false);
    tasks[4].abort();
    expect(fs.readFileSync((await late).tempFilePath, 'utf8')).toBe('late');
    tasks.forEach(task => task.abort());
  });

  test('an address that is none is refused', async () => {
    await expect(get('', { url: 'file.png' })).rejects.toMatchObject({ errMsg: 'downloadFile:fail invalid url "file.png"', errno: 600009 });
    await expect(get('', { url: 'wss://a.b/c' })).rejects.toMatchObject({ errno: 600009 });
  });

  test('parameters of the wrong type are refused at once', () => {
    const seen = [];
    wx.downloadFile({ fail: res => seen.push(res) });
    wx.downloadFile({ url: 'https://a.b', filePath: 1, fail: res => seen.push(res) });
    expect(seen.map(res => res.errMsg)).toEqual([
      'downloadFile:fail parameter error: parameter.url should be String instead of Undefined;',
      'downloadFile:fail parameter error: parameter.filePath should be String or Undefined or Null instead of Number;',
    ]);
    expect(seen.map(res => res.errno)).toEqual([1001, 1001]);
  });

  test('the referer is the platform\'s, other headers are the app\'s', async () => {
    const res = await get('/echo', { header: { Referer: 'https://example.com', 'X-Id': 7 } });
    const { headers } = JSON.parse(fs.readFileSync(res.tempFilePath, 'utf8'));
    expect(headers.referer).toMatch(/^https:\/\/servicewechat\.com\/.+\/page-frame\.html$/);
    expect(headers['x-id']).toBe('7');
  });
});
