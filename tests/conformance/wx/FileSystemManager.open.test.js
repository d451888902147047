// Rests on: the vendor's FileSystemManager.open, read, write, fstat, ftruncate and close pages: descriptors are strings, Sync forms take an object.
const fs = wx.getFileSystemManager(), path = wx.env.USER_DATA_PATH + '/open.txt';
const text = buffer => String.fromCharCode(...new Uint8Array(buffer));

describe('FileSystemManager.open', () => {
  test('writes and reads at the file\'s position', () => {
    const fd = fs.openSync({ filePath: path, flag: 'w+' });
    expect(typeof fd).toBe('string');
    expect(fs.writeSync({ fd, data: 'hello' })).toEqual({ bytesWritten: 5 });
    const arrayBuffer = new ArrayBuffer(4);
    const res = fs.readSync({ fd, arrayBuffer, position: 1, length: 3, offset: 1 });
    expect(res.bytesRead).toBe(3);
    expect(res.arrayBuffer).toBe(arrayBuffer);
    expect(text(arrayBuffer)).toBe('\0ell');
    expect(fs.fstatSync({ fd }).size).toBe(5);
    fs.ftruncateSync({ fd, length: 2 });
    expect(fs.fstatSync({ fd }).size).toBe(2);
    fs.closeSync({ fd });
    expect(() => fs.closeSync({ fd })).toThrow('closeSync:fail bad file descriptor');
  });

  test('has callback forms', async () => {
    const call = (name, options) => new Promise((success, fail) => fs[name](Object.assign(options, { success, fail })));
    const { fd } = await call('open', { filePath: path, flag: 'w+' });
    expect((await call('write', { fd, data: new Uint8Array([97, 98, 99]).buffer, offset: 1 })).bytesWritten).toBe(2);
    const arrayBuffer = new ArrayBuffer(8);
    expect((await call('read', { fd, arrayBuffer, length: 8, position: 0 })).bytesRead).toBe(2);
    expect(text(arrayBuffer.slice(0, 2))).toBe('bc');
    expect((await call('fstat', { fd })).stats.isFile()).toBe(true);
    await call('close', { fd });
  });

  test('flags decide what may be done', () => {
    fs.writeFileSync(path, 'x');
    const fd = fs.openSync({ filePath: path, flag: 'r' });
    expect(() => fs.writeSync({ fd, data: 'y' })).toThrow('writeSync:fail permission denied');
    expect(() => fs.openSync({ filePath: path, flag: 'wx' })).toThrow('openSync:fail file already exists');
    expect(() => fs.openSync({ filePath: path, flag: 'z' })).toThrow('openSync:fail invalid flag');
    expect(() => fs.openSync({ filePath: path + '.none' })).toThrow('openSync:fail no such file or directory');
  });

  test('the buffer\'s bounds are checked', () => {
    const fd = fs.openSync({ filePath: path, flag: 'w+' });
    expect(() => fs.readSync({ fd, arrayBuffer: new ArrayBuffer(2), length: 3 })).toThrow('readSync:fail value of length is out of range');
    expect(() => fs.readSync({ fd, arrayBuffer: new ArrayBuffer(2), offset: 3 })).toThrow('readSync:fail value of offset is out of range');
  });
});
