// Rests on: the vendor's file system guide: one manager, a user folder of its own, package files that are read only.
const fs = wx.getFileSystemManager(), root = wx.env.USER_DATA_PATH;

describe('wx.getFileSystemManager', () => {
  test('gives one object', () => {
    expect(wx.getFileSystemManager()).toBe(fs);
    expect(root).toBe('wxfile://usr');
  });

  test('nothing leads out of the user folder', () => {
    for (const path of [`${root}/../x`, `${root}/a/../../x`, 'wxfile://', 'wxfile://tmp_x', 'wxfile://store_x', '/app.json']) {
      expect(() => fs.writeFileSync(path, '')).toThrow(`writeFileSync:fail permission denied, open "${path}"`);
    }
    for (const path of ['/etc/passwd', '../app.json', './app.json', 'file:///etc/passwd']) {
      expect(() => fs.readFileSync(path)).toThrow(`readFileSync:fail no such file or directory, open "${path}"`);
    }
  });

  test('package files are there to read', () => {
    const app = JSON.parse(fs.readFileSync('/app.json', 'utf8'));
    expect(app.pages.length > 0).toBe(true);
    expect(JSON.parse(fs.readFileSync('app.json', 'utf8'))).toEqual(app);
    fs.accessSync('/app.json');
    expect(fs.readdirSync('/').includes('app.json')).toBe(true);
  });
});
