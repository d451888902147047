// Rests on: the vendor's FileSystemManager.unlink page and its error table.
const fs = wx.getFileSystemManager(), root = wx.env.USER_DATA_PATH, filePath = root + '/unlink.txt';

describe('FileSystemManager.unlink', () => {
  beforeEach(() => fs.writeFileSync(filePath, ''));

  test('removes a file, in each form', async () => {
    fs.unlinkSync(filePath);
    fs.writeFileSync(filePath, '');
    expect(await fs.unlink({ filePath })).toEqual({ errMsg: 'unlink:ok' });
    fs.writeFileSync(filePath, '');
    expect((await new Promise((success, fail) => fs.unlink({ filePath, success, fail }))).errMsg).toBe('unlink:ok');
    await expect(fs.unlink({ filePath })).rejects.toEqual({ errMsg: `unlink:fail no such file or directory, unlink "${filePath}"`, errno: 1300002 });
  });

  test('folders, package files and saved files are not removed this way', async () => {
    fs.mkdirSync(root + '/unlink.d', true);
    for (const [path, errno] of [[root + '/unlink.d', 1300001], ['/app.json', 1300013], ['wxfile://store_x', 1300013], [root + '/../x', 1300013]]) {
      await expect(fs.unlink({ filePath: path })).rejects.toMatchObject({ errno });
    }
    fs.rmdirSync(root + '/unlink.d');
  });

  test('the path must be a text', async () => {
    await expect(fs.unlink({ filePath: {} })).rejects.toMatchObject({ errMsg: 'unlink:fail parameter error: parameter.filePath should be String instead of Object;', errno: 1001 });
  });
});
