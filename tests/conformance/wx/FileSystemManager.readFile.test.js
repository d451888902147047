// Rests on: the vendor's FileSystemManager.readFile and readFileSync pages: encodings, position, length, error table.
const fs = wx.getFileSystemManager(), path = wx.env.USER_DATA_PATH + '/readFile.txt';

describe('FileSystemManager.readFile', () => {
  beforeEach(() => fs.writeFileSync(path, '0123456789'));

  test('without an encoding gives an ArrayBuffer', () => {
    const data = fs.readFileSync(path);
    expect(data instanceof ArrayBuffer).toBe(true);
    expect(data.byteLength).toBe(10);
  });

  test('with an encoding gives text', () => {
    fs.writeFileSync(path, 'a中');
    for (const [encoding, text] of [['utf8', 'a中'], ['utf-8', 'a中'], ['base64', 'YeS4rQ=='], ['hex', '61e4b8ad'], ['latin1', 'a\xe4\xb8\xad'], ['binary', 'a\xe4\xb8\xad'], ['ucs2', '\ue461\uadb8']]) {
      expect(fs.readFileSync(path, encoding)).toBe(text);
    }
  });

  test('gives a part', async () => {
    expect(fs.readFileSync(path, 'utf8', 2, 3)).toBe('234');
    expect(fs.readFileSync(path, 'utf8', 8)).toBe('89');
    const res = await new Promise((success, fail) => fs.readFile({ filePath: path, encoding: 'utf8', length: 4, success, fail }));
    expect(res).toEqual({ errMsg: 'readFile:ok', data: '0123' });
  });

  test('a part that is not there fails', () => {
    expect(() => fs.readFileSync(path, 'utf8', 10)).toThrow('readFileSync:fail value of position is out of range');
    expect(() => fs.readFileSync(path, 'utf8', 0, 11)).toThrow('readFileSync:fail value of length is out of range');
  });

  test('a file that is not there fails', async () => {
    const missing = wx.env.USER_DATA_PATH + '/none';
    const error = await new Promise(fail => fs.readFile({ filePath: missing, fail }));
    expect(error).toEqual({ errMsg: `readFile:fail no such file or directory, open "${missing}"`, errno: 1300002 });
    expect(() => fs.readFileSync(missing)).toThrow(`readFileSync:fail no such file or directory, open "${missing}"`);
  });
});
