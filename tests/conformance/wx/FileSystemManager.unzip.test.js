// Rests on: the vendor's FileSystemManager.unzip and readZipEntry pages. The archive holds a.txt ("one") and d/b.txt ("two"), stored.
const fs = wx.getFileSystemManager(), root = wx.env.USER_DATA_PATH;
const archive = 'UEsDBBQAAAAAAAAAIQDxhmx6AwAAAAMAAAAFAAAAYS50eHRvbmVQSwMEFAAAAAAAAAAhAGaKyhEDAAAAAwAAAAcAAABkL2IudHh0dHdvUEsBAhQDFAAAAAAAAAAhAPGGbHoDAAAAAwAAAAUAAAAAAAAAAAAAAIABAAAAAGEudHh0UEsBAhQDFAAAAAAAAAAhAGaKyhEDAAAAAwAAAAcAAAAAAAAAAAAAAIABJgAAAGQvYi50eHRQSwUGAAAAAAIAAgBoAAAATgAAAAAA';
const call = (name, options) => new Promise((success, fail) => fs[name](Object.assign(options, { success, fail })));

describe('FileSystemManager.unzip', () => {
  beforeEach(() => fs.writeFileSync(`${root}/x.zip`, archive, 'base64'));

  test('unzips into a folder', async () => {
    expect((await call('unzip', { zipFilePath: `${root}/x.zip`, targetPath: `${root}/unzip` })).errMsg).toBe('unzip:ok');
    expect(fs.readFileSync(`${root}/unzip/d/b.txt`, 'utf8')).toBe('two');
  });

  test('reads entries without unzipping', async () => {
    const { entries } = await call('readZipEntry', { filePath: `${root}/x.zip`, entries: [{ path: 'a.txt', encoding: 'utf8' }, { path: 'd/b.txt' }, { path: 'none' }] });
    expect(entries['a.txt']).toEqual({ data: 'one', errMsg: 'readZipEntry:ok' });
    expect(entries['d/b.txt'].data.byteLength).toBe(3);
    expect(entries.none.errMsg).toMatch(/^readZipEntry:fail no such file/);
  });

  test('what is no archive fails', async () => {
    fs.writeFileSync(`${root}/x.zip`, 'text');
    await expect(call('unzip', { zipFilePath: `${root}/x.zip`, targetPath: `${root}/unzip` })).rejects.toMatchObject({ errMsg: 'unzip:fail unzip open file fail', errno: 1301102 });
  });
});
