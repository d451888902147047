// Rests on: the vendor's FileSystemManager.stat and Stats pages.
const fs = wx.getFileSystemManager(), root = wx.env.USER_DATA_PATH + '/stat';

describe('FileSystemManager.stat', () => {
  beforeEach(() => { try { fs.rmdirSync(root, true); } catch (error) { /* it was not there */ } fs.mkdirSync(`${root}/d`, true); fs.writeFileSync(`${root}/f`, '123'); });

  test('tells files from folders', () => {
    const file = fs.statSync(`${root}/f`), folder = fs.statSync(`${root}/d`);
    expect([file.isFile(), file.isDirectory(), file.size]).toEqual([true, false, 3]);
    expect([folder.isFile(), folder.isDirectory()]).toEqual([false, true]);
  });

  test('times are seconds', async () => {
    const { stats } = await new Promise((success, fail) => fs.stat({ path: `${root}/f`, success, fail }));
    expect(Math.abs(stats.lastModifiedTime - Date.now() / 1000) < 60).toBe(true);
  });

  test('recursive lists what is in a folder', () => {
    const list = fs.statSync(root, true);
    expect(list.map(entry => entry.path)).toEqual(['/', '/d', '/f']);
    expect(list[2].stats.isFile()).toBe(true);
    expect(fs.statSync(`${root}/f`, true).isFile()).toBe(true);
  });

  test('what is not there fails', () => {
    expect(() => fs.statSync(`${root}/none`)).toThrow(`statSync:fail no such file or directory, stat "${root}/none"`);
  });
});
