// Rests on: the vendor's FileSystemManager.appendFile page and its error table.
const fs = wx.getFileSystemManager(), root = wx.env.USER_DATA_PATH, filePath = root + '/append.txt';

describe('FileSystemManager.appendFile', () => {
  beforeEach(() => fs.writeFileSync(filePath, 'a'));

  test('adds text and bytes at the end, in each form', async () => {
    fs.appendFileSync(filePath, 'b');
    fs.appendFileSync(filePath, 'Yw==', 'base64');
    expect(await fs.appendFile({ filePath, data: new Uint8Array([100]).buffer })).toEqual({ errMsg: 'appendFile:ok' });
    const res = await new Promise((success, fail) => fs.appendFile({ filePath, data: '65', encoding: 'hex', success, fail }));
    expect(res.errMsg).toBe('appendFile:ok');
    expect(fs.readFileSync(filePath, 'utf8')).toBe('abcde');
  });

  test('the file must be there', async () => {
    const missing = root + '/none';
    await expect(fs.appendFile({ filePath: missing, data: 'x' })).rejects.toEqual({ errMsg: `appendFile:fail no such file or directory, open "${missing}"`, errno: 1300002 });
    expect(() => fs.accessSync(missing)).toThrow('accessSync:fail');
  });

  test('a folder, the package and other people\'s files are not written', async () => {
    fs.mkdirSync(root + '/append.d', true);
    expect(() => fs.appendFileSync(root + '/append.d', 'x')).toThrow('appendFileSync:fail illegal operation on a directory');
    fs.rmdirSync(root + '/append.d');
    for (const path of ['/app.json', 'wxfile://tmp_x', 'wxfile://store_x', root + '/../x']) {
      expect(() => fs.appendFileSync(path, 'x')).toThrow(`appendFileSync:fail permission denied, open "${path}"`);
    }
  });

  test('types and encodings are checked', async () => {
    await expect(fs.appendFile({ filePath, data: 1 })).rejects.toMatchObject({ errMsg: 'appendFile:fail parameter error: parameter.data should be String or ArrayBuffer instead of Number;', errno: 1001 });
    await expect(fs.appendFile({ filePath, data: 'x', encoding: 'utf7' })).rejects.toMatchObject({ errMsg: 'appendFile:fail invalid encoding "utf7"', errno: 1001 });
  });
});
