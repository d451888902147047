// Rests on: the vendor's FileSystemManager.copyFile page and its error table.
const fs = wx.getFileSystemManager(), root = wx.env.USER_DATA_PATH, srcPath = root + '/copy.txt', destPath = root + '/copied.txt';

describe('FileSystemManager.copyFile', () => {
  beforeEach(() => fs.writeFileSync(srcPath, 'from here'));

  test('copies a file over what was there, in each form', async () => {
    fs.writeFileSync(destPath, 'something much longer than that');
    fs.copyFileSync(srcPath, destPath);
    expect(fs.readFileSync(destPath, 'utf8')).toBe('from here');
    expect(await fs.copyFile({ srcPath: '/app.json', destPath })).toEqual({ errMsg: 'copyFile:ok' });
    expect(fs.readFileSync(destPath, 'utf8')).toBe(fs.readFileSync('/app.json', 'utf8'));
    const res = await new Promise((success, fail) => fs.copyFile({ srcPath, destPath, success, fail }));
    expect(res.errMsg).toBe('copyFile:ok');
    expect(fs.readFileSync(srcPath, 'utf8')).toBe('from here');
  });

  test('the source must be a file that is there, and the folder above the target too', async () => {
    for (const [src, dest, errno] of [[root + '/none', destPath, 1300002], [root, destPath, 1301003], [srcPath, root + '/none/x', 1300002]]) {
      await expect(fs.copyFile({ srcPath: src, destPath: dest })).rejects.toMatchObject({ errno });
    }
  });

  test('nothing is copied out or in', () => {
    for (const path of ['/app.json', 'wxfile://store_x', root + '/../x', '/etc/x']) {
      expect(() => fs.copyFileSync(srcPath, path)).toThrow(`copyFileSync:fail permission denied`);
    }
    for (const path of ['/etc/passwd', '../secret']) {
      expect(() => fs.copyFileSync(path, destPath)).toThrow('copyFileSync:fail no such file or directory');
    }
  });

  test('both paths must be texts', async () => {
    await expect(fs.copyFile({ srcPath })).rejects.toMatchObject({ errMsg: 'copyFile:fail parameter error: parameter.destPath should be String instead of Undefined;', errno: 1001 });
  });
});
