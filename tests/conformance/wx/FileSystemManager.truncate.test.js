// Rests on: the vendor's FileSystemManager.truncate and ftruncate pages and their error table.
const fs = wx.getFileSystemManager(), root = wx.env.USER_DATA_PATH, filePath = root + '/truncate.txt';
const text = () => fs.readFileSync(filePath, 'utf8');

describe('FileSystemManager.truncate and ftruncate', () => {
  beforeEach(() => fs.writeFileSync(filePath, '12345'));

  test('cut a file or fill it with zeros, in each form', async () => {
    fs.truncateSync({ filePath, length: 4 });
    expect(text()).toBe('1234');
    expect(await fs.truncate({ filePath, length: 3 })).toEqual({ errMsg: 'truncate:ok' });
    expect((await new Promise((success, fail) => fs.truncate({ filePath, length: 5, success, fail }))).errMsg).toBe('truncate:ok');
    expect(text()).toBe('123\0\0');
    const fd = fs.openSync({ filePath, flag: 'r+' });
    fs.ftruncateSync({ fd, length: 2 });
    expect(text()).toBe('12');
    expect(await fs.ftruncate({ fd, length: 1 })).toEqual({ errMsg: 'ftruncate:ok' });
    expect(text()).toBe('1');
    fs.truncateSync({ filePath });
    expect(text()).toBe('');
    fs.closeSync({ fd });
  });

  test('what is not there, not the app\'s, or open for reading only is left', async () => {
    await expect(fs.truncate({ filePath: root + '/none' })).rejects.toMatchObject({ errno: 1300002 });
    await expect(fs.truncate({ filePath: '/app.json' })).rejects.toMatchObject({ errMsg: 'truncate:fail permission denied, open "/app.json"', errno: 1300013 });
    await expect(fs.ftruncate({ fd: 'none', length: 1 })).rejects.toMatchObject({ errMsg: 'ftruncate:fail bad file descriptor', errno: 1300009 });
    const fd = fs.openSync({ filePath });
    await expect(fs.ftruncate({ fd, length: 1 })).rejects.toMatchObject({ errno: 1302001 });
    fs.closeSync({ fd });
    expect(text()).toBe('12345');
  });

  test('types are checked', async () => {
    await expect(fs.truncate({ filePath, length: '1' })).rejects.toMatchObject({ errMsg: 'truncate:fail parameter error: parameter.length should be Number or Undefined or Null instead of String;', errno: 1001 });
  });
});
