// Rests on: the vendor's FileSystemManager.rename page and its error table.
const fs = wx.getFileSystemManager(), root = wx.env.USER_DATA_PATH, oldPath = root + '/old', newPath = root + '/new';

describe('FileSystemManager.rename', () => {
  beforeEach(() => { fs.writeFileSync(oldPath, '1'); try { fs.unlinkSync(newPath); } catch (error) { /* it was not there */ } });

  test('moves files and folders, in each form', async () => {
    fs.renameSync(oldPath, newPath);
    expect(() => fs.accessSync(oldPath)).toThrow('accessSync:fail');
    expect(await fs.rename({ oldPath: newPath, newPath: oldPath })).toEqual({ errMsg: 'rename:ok' });
    fs.mkdirSync(root + '/from', true);
    const res = await new Promise((success, fail) => fs.rename({ oldPath: root + '/from', newPath: root + '/to', success, fail }));
    expect(res.errMsg).toBe('rename:ok');
    expect(fs.statSync(root + '/to').isDirectory()).toBe(true);
    fs.rmdirSync(root + '/to');
  });

  test('what is not there is not moved, and nothing is moved out or in', async () => {
    await expect(fs.rename({ oldPath: root + '/none', newPath })).rejects.toEqual({ errMsg: `rename:fail no such file or directory, rename "${root}/none"`, errno: 1300002 });
    for (const path of ['/app.json', 'wxfile://store_x', 'wxfile://tmp_x', root, root + '/../x']) {
      expect(() => fs.renameSync(oldPath, path)).toThrow(`renameSync:fail permission denied, rename "${path}"`);
      expect(() => fs.renameSync(path, newPath)).toThrow(`renameSync:fail permission denied, rename "${path}"`);
    }
    fs.accessSync(oldPath);
  });

  test('both paths must be texts', async () => {
    await expect(fs.rename({ newPath: 1 })).rejects.toMatchObject({
      errMsg: 'rename:fail parameter error: parameter.oldPath should be String instead of Undefined;parameter.newPath should be String instead of Number;', errno: 1001,
    });
  });
});
