// Rests on: the vendor's FileSystemManager.readZipEntry page and its error table. The archive holds a.txt ("one") and d/b.txt ("two"), stored.
const fs = wx.getFileSystemManager(), filePath = wx.env.USER_DATA_PATH + '/entries.zip';
const archive = 'UEsDBBQAAAAAAAAAIQDxhmx6AwAAAAMAAAAFAAAAYS50eHRvbmVQSwMEFAAAAAAAAAAhAGaKyhEDAAAAAwAAAAcAAABkL2IudHh0dHdvUEsBAhQDFAAAAAAAAAAhAPGGbHoDAAAAAwAAAAUAAAAAAAAAAAAAAIABAAAAAGEudHh0UEsBAhQDFAAAAAAAAAAhAGaKyhEDAAAAAwAAAAcAAAAAAAAAAAAAAIABJgAAAGQvYi50eHRQSwUGAAAAAAIAAgBoAAAATgAAAAAA';

describe('FileSystemManager.readZipEntry', () => {
  beforeAll(() => fs.writeFileSync(filePath, archive, 'base64'));

  test('reads all entries, or parts of some', async () => {
    const all = await fs.readZipEntry({ filePath, entries: 'all', encoding: 'utf8' });
    expect(all.errMsg).toBe('readZipEntry:ok');
    expect(all.entries).toEqual({ 'a.txt': { data: 'one', errMsg: 'readZipEntry:ok' }, 'd/b.txt': { data: 'two', errMsg: 'readZipEntry:ok' } });
    const { entries } = await new Promise((success, fail) => fs.readZipEntry({ filePath, entries: [{ path: 'a.txt', encoding: 'utf8', position: 1, length: 2 }], success, fail }));
    expect(entries['a.txt'].data).toBe('ne');
  });

  test('a file that is not there, is no archive, or bad entries fail', async () => {
    await expect(fs.readZipEntry({ filePath: filePath + 'x', entries: 'all' })).rejects.toMatchObject({ errno: 1300002 });
    await expect(fs.readZipEntry({ filePath: '/app.json', entries: 'all' })).rejects.toMatchObject({ errMsg: 'readZipEntry:fail unzip open file fail', errno: 1301102 });
    await expect(fs.readZipEntry({ filePath, entries: 'some' })).rejects.toMatchObject({ errno: 1001 });
    await expect(fs.readZipEntry({ filePath, entries: 7 })).rejects.toMatchObject({ errMsg: 'readZipEntry:fail parameter error: parameter.entries should be String or Array instead of Number;', errno: 1001 });
  });
});
