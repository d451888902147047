// Rests on: the vendor's FileSystemManager.writeFile, appendFile, truncate and copyFile pages and their error table.
const fs = wx.getFileSystemManager(), root = wx.env.USER_DATA_PATH, path = root + '/writeFile.txt';

describe('FileSystemManager.writeFile', () => {
  test('writes text, in its encoding', () => {
    for (const [data, encoding, text] of [['a中', undefined, 'a中'], ['aGVsbG8=', 'base64', 'hello'], ['6869', 'hex', 'hi'], ['abc', 'ascii', 'abc']]) {
      fs.writeFileSync(path, data, encoding);
      expect(fs.readFileSync(path, 'utf8')).toBe(text);
    }
  });

  test('writes buffers', async () => {
    const data = new Uint8Array([0, 255, 10]).buffer;
    const res = await new Promise((success, fail) => fs.writeFile({ filePath: path, data, success, fail }));
    expect(res.errMsg).toBe('writeFile:ok');
    expect(Array.from(new Uint8Array(fs.readFileSync(path)))).toEqual([0, 255, 10]);
  });

  test('replaces what was there; appendFile adds to it', () => {
    fs.writeFileSync(path, 'long text');
    fs.writeFileSync(path, 'one');
    fs.appendFileSync(path, ' two', 'utf8');
    expect(fs.readFileSync(path, 'utf8')).toBe('one two');
    expect(() => fs.appendFileSync(root + '/none', 'x')).toThrow('appendFileSync:fail no such file or directory');
  });

  test('truncateSync takes an object', () => {
    fs.writeFileSync(path, '12345');
    fs.truncateSync({ filePath: path, length: 2 });
    expect(fs.readFileSync(path, 'utf8')).toBe('12');
  });

  test('copyFile copies', () => {
    fs.writeFileSync(path, 'copied');
    fs.copyFileSync(path, root + '/copy.txt');
    expect(fs.readFileSync(root + '/copy.txt', 'utf8')).toBe('copied');
  });

  test('a missing folder, a folder in the way and bad base64 fail', () => {
    expect(() => fs.writeFileSync(root + '/none/x', '')).toThrow(`writeFileSync:fail no such file or directory, open "${root}/none/x"`);
    expect(() => fs.writeFileSync(root, '')).toThrow('writeFileSync:fail');
    expect(() => fs.writeFileSync(path, 'data:image/png;base64,AA==', 'base64')).toThrow('writeFileSync:fail base64 encode error');
  });

  test('data must be a string or an ArrayBuffer', async () => {
    const error = await new Promise(fail => fs.writeFile({ filePath: path, data: {}, fail }));
    expect(error.errMsg).toMatch(/^writeFile:fail parameter error: parameter\.data should be /);
    expect(error.errno).toBe(1001);
  });
});
