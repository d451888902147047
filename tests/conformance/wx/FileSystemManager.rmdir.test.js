// Rests on: the vendor's FileSystemManager.rmdir page and its error table.
const fs = wx.getFileSystemManager(), root = wx.env.USER_DATA_PATH, dirPath = root + '/rmdir';
const make = () => fs.mkdirSync(dirPath);

describe('FileSystemManager.rmdir', () => {
  test('removes an empty folder, in each form', async () => {
    make();
    fs.rmdirSync(dirPath);
    make();
    expect(await fs.rmdir({ dirPath })).toEqual({ errMsg: 'rmdir:ok' });
    make();
    expect((await new Promise((success, fail) => fs.rmdir({ dirPath, success, fail }))).errMsg).toBe('rmdir:ok');
    expect(() => fs.accessSync(dirPath)).toThrow('accessSync:fail');
  });

  test('a full one only with recursive', async () => {
    make();
    fs.writeFileSync(dirPath + '/x', '');
    await expect(fs.rmdir({ dirPath })).rejects.toMatchObject({ errMsg: 'rmdir:fail directory not empty', errno: 1300066 });
    await fs.rmdir({ dirPath, recursive: true });
    expect(() => fs.accessSync(dirPath)).toThrow('accessSync:fail');
  });

  test('what is no folder, or not the app\'s, stays', async () => {
    fs.writeFileSync(root + '/rmdir.txt', '');
    for (const [path, errno] of [[root + '/rmdir.txt', 1300020], [root + '/none', 1300002], [root, 1300013], ['/pages', 1300013], [root + '/../store', 1300013]]) {
      await expect(fs.rmdir({ dirPath: path, recursive: true })).rejects.toMatchObject({ errno });
    }
    fs.accessSync(root + '/rmdir.txt');
  });

  test('the path must be a text', () => {
    expect(() => fs.rmdirSync()).toThrow('rmdirSync:fail parameter error: parameter.dirPath should be String instead of Undefined;');
  });
});
