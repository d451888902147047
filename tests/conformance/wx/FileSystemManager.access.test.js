// Rests on: the vendor's FileSystemManager.access page and its error table.
const fs = wx.getFileSystemManager(), root = wx.env.USER_DATA_PATH, path = root + '/access.txt';

describe('FileSystemManager.access', () => {
  beforeEach(() => fs.writeFileSync(path, 'x'));

  test('what is there can be reached: files, folders, the package', async () => {
    for (const there of [path, root, '/app.json', 'app.json', '/', 'pages']) {
      expect(fs.accessSync(there)).toBeUndefined();
      expect(await fs.access({ path: there })).toEqual({ errMsg: 'access:ok' });
    }
  });

  test('what is not there fails in each form', async () => {
    const missing = root + '/none', reason = `no such file or directory, access "${missing}"`;
    expect(() => fs.accessSync(missing)).toThrow('accessSync:fail ' + reason);
    await expect(fs.access({ path: missing })).rejects.toEqual({ errMsg: 'access:fail ' + reason, errno: 1300002 });
    const order = [];
    await new Promise(complete => fs.access({ path: missing, success: () => order.push('success'), fail: res => order.push(res.errno), complete }));
    expect(order).toEqual([1300002]);
  });

  test('nothing outside can be seen', () => {
    for (const outside of [root + '/../x', root + '/a/../../store', 'wxfile://', 'wxfile://other/x']) {
      expect(() => fs.accessSync(outside)).toThrow(`accessSync:fail permission denied, access "${outside}"`);
    }
    for (const outside of ['/etc/passwd', '../x', 'file:///etc/passwd', 'https://a.b/c', 'pages/../app.json']) {
      expect(() => fs.accessSync(outside)).toThrow(`accessSync:fail no such file or directory, access "${outside}"`);
    }
  });

  test('the path must be a text', async () => {
    await expect(fs.access({})).rejects.toEqual({ errMsg: 'access:fail parameter error: parameter.path should be String instead of Undefined;', errno: 1001 });
    expect(() => fs.accessSync(7)).toThrow('accessSync:fail parameter error: parameter.path should be String instead of Number;');
  });
});
