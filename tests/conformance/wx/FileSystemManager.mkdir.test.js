// Rests on: the vendor's FileSystemManager.mkdir, readdir, rmdir, rename, unlink and access pages and their error table.
const fs = wx.getFileSystemManager(), root = wx.env.USER_DATA_PATH + '/mkdir';
const clean = () => { try { fs.rmdirSync(root, true); } catch (error) { /* it was not there */ } };

describe('FileSystemManager folders', () => {
  beforeEach(() => { clean(); fs.mkdirSync(root); });

  test('folders are made, listed and removed', () => {
    fs.mkdirSync(`${root}/a/b`, true);
    fs.writeFileSync(`${root}/z`, '');
    expect(fs.readdirSync(root).sort()).toEqual(['a', 'z']);
    fs.rmdirSync(`${root}/a/b`);
    expect(fs.readdirSync(`${root}/a`)).toEqual([]);
  });

  test('a folder that is there already fails', async () => {
    const error = await new Promise(fail => fs.mkdir({ dirPath: root, fail }));
    expect(error).toEqual({ errMsg: `mkdir:fail file already exists ${root}`, errno: 1301005 });
  });

  test('a missing parent fails without recursive', () => {
    expect(() => fs.mkdirSync(`${root}/x/y`)).toThrow('mkdirSync:fail no such file or directory');
  });

  test('a folder with something in it needs recursive', () => {
    fs.writeFileSync(`${root}/a`, '');
    expect(() => fs.rmdirSync(root)).toThrow('rmdirSync:fail directory not empty');
    fs.rmdirSync(root, true);
    expect(() => fs.accessSync(root)).toThrow('accessSync:fail no such file or directory');
  });

  test('rename moves, unlink removes files only', () => {
    fs.writeFileSync(`${root}/a`, '1');
    fs.renameSync(`${root}/a`, `${root}/b`);
    expect(fs.readdirSync(root)).toEqual(['b']);
    fs.unlinkSync(`${root}/b`);
    expect(() => fs.unlinkSync(`${root}/b`)).toThrow('unlinkSync:fail no such file or directory');
    expect(() => fs.unlinkSync(root)).toThrow('unlinkSync:fail operation not permitted');
  });
});
