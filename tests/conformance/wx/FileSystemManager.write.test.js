// Rests on: the vendor's FileSystemManager.write, read, fstat and close pages and their error tables.
const fs = wx.getFileSystemManager(), root = wx.env.USER_DATA_PATH, filePath = root + '/write.txt';
const text = () => fs.readFileSync(filePath, 'utf8');

describe('FileSystemManager.write, read, fstat and close', () => {
  let fd;
  beforeEach(() => { fs.writeFileSync(filePath, 'abcdef'); fd = fs.openSync({ filePath, flag: 'r+' }); });
  afterEach(() => { try { fs.closeSync({ fd }); } catch (error) { /* the test has */ } });

  test('write puts text or a part of a buffer at a position, in each form', async () => {
    expect(fs.writeSync({ fd, data: 'XY', position: 1 }).bytesWritten).toBe(2);
    expect(text()).toBe('aXYdef');
    const data = new Uint8Array([49, 50, 51, 52]).buffer;
    expect(await fs.write({ fd, data, offset: 1, length: 2, position: 4 })).toEqual({ errMsg: 'write:ok', bytesWritten: 2 });
    expect(text()).toBe('aXYd23');
    const res = await new Promise((success, fail) => fs.write({ fd, data: '5a', encoding: 'hex', position: 0, success, fail }));
    expect(res.bytesWritten).toBe(1);
    expect(text()).toBe('ZXYd23');
  });

  test('read fills a buffer, in each form, until there is no more', async () => {
    const arrayBuffer = new ArrayBuffer(4);
    expect((await fs.read({ fd, arrayBuffer, position: 4, length: 4 })).bytesRead).toBe(2);
    expect(Array.from(new Uint8Array(arrayBuffer))).toEqual([101, 102, 0, 0]);
    const res = await new Promise((success, fail) => fs.read({ fd, arrayBuffer, position: 6, success, fail }));
    expect(res).toMatchObject({ errMsg: 'read:ok', bytesRead: 0 });
    await expect(fs.read({ fd, arrayBuffer: 'x' })).rejects.toMatchObject({ errno: 1001 });
  });

  test('fstat tells what the file is', async () => {
    expect((await fs.fstat({ fd })).stats.size).toBe(6);
    expect(fs.fstatSync({ fd }).isDirectory()).toBe(false);
    await expect(fs.fstat({ fd: '999' })).rejects.toEqual({ errMsg: 'fstat:fail bad file descriptor', errno: 1300009 });
    await expect(fs.fstat({ fd: 1 })).rejects.toMatchObject({ errMsg: 'fstat:fail parameter error: parameter.fd should be String instead of Number;' });
  });

  test('close ends the descriptor', async () => {
    expect(await fs.close({ fd })).toEqual({ errMsg: 'close:ok' });
    for (const name of ['close', 'fstat', 'ftruncate']) await expect(fs[name]({ fd })).rejects.toEqual({ errMsg: name + ':fail bad file descriptor', errno: 1300009 });
    await expect(fs.write({ fd, data: 'x' })).rejects.toMatchObject({ errno: 1300009 });
  });
});
