// Rests on: the vendor's FileSystemManager.readdir page and its error table.
const fs = wx.getFileSystemManager(), root = wx.env.USER_DATA_PATH, dirPath = root + '/readdir';

describe('FileSystemManager.readdir', () => {
  beforeAll(() => { fs.mkdirSync(dirPath + '/d', true); fs.writeFileSync(dirPath + '/f', ''); fs.writeFileSync(dirPath + '/d/inner', ''); });

  test('names what is directly in a folder, in each form', async () => {
    expect(fs.readdirSync(dirPath)).toEqual(['d', 'f']);
    expect(await fs.readdir({ dirPath: dirPath + '/d/' })).toEqual({ errMsg: 'readdir:ok', files: ['inner'] });
    const res = await new Promise((success, fail) => fs.readdir({ dirPath: '/', success, fail }));
    expect(res.files).toContain('app.json');
    expect(fs.readdirSync('pages')).toEqual(['index']);
  });

  test('what is no folder fails', async () => {
    for (const [path, errno] of [[dirPath + '/f', 1300020], [dirPath + '/none', 1300002], ['/app.json', 1300020], ['none', 1300002], [root + '/..', 1300013]]) {
      await expect(fs.readdir({ dirPath: path })).rejects.toMatchObject({ errno });
    }
    expect(() => fs.readdirSync(dirPath + '/none')).toThrow(`readdirSync:fail no such file or directory, scandir "${dirPath}/none"`);
  });

  test('the path must be a text', async () => {
    await expect(fs.readdir({ dirPath: null })).rejects.toMatchObject({ errMsg: 'readdir:fail parameter error: parameter.dirPath should be String instead of Null;' });
  });
});
