// Rests on: the vendor's FileSystemManager.saveFile, getSavedFileList and removeSavedFile pages, and wx.getSavedFileInfo.
const fs = wx.getFileSystemManager(), root = wx.env.USER_DATA_PATH;
const temp = async name => (await new Promise((success, fail) => wx.downloadFile({ url: testServer.url + '/file/' + name, success, fail }))).tempFilePath;

describe('FileSystemManager.saveFile', () => {
  test('keeps a temporary file under a name of the platform\'s, and the list knows it', async () => {
    const first = fs.saveFileSync(await temp('a.txt'));
    expect(first).toMatch(/^wxfile:\/\/store_.+\.txt$/);
    const second = (await fs.saveFile({ tempFilePath: await temp('b.png') })).savedFilePath;
    const third = (await wx.saveFile({ tempFilePath: await temp('c.png') })).savedFilePath;
    expect(fs.readFileSync(first, 'utf8')).toBe('this is a.txt');
    const { fileList } = await fs.getSavedFileList();
    expect(fileList.map(file => file.filePath).sort()).toEqual([first, second, third].sort());
    expect(await wx.getSavedFileInfo({ filePath: first })).toMatchObject({ errMsg: 'getSavedFileInfo:ok', size: 13 });
    expect(await fs.removeSavedFile({ filePath: first })).toEqual({ errMsg: 'removeSavedFile:ok' });
    expect((await wx.getSavedFileList()).fileList).toHaveLength(2);
    await expect(fs.removeSavedFile({ filePath: first })).rejects.toMatchObject({ errno: 1300002 });
  });

  test('keeps it where the app says', async () => {
    const tempFilePath = await temp('d.txt'), filePath = root + '/kept.txt';
    const res = await new Promise((success, fail) => fs.saveFile({ tempFilePath, filePath, success, fail }));
    expect(res).toEqual({ errMsg: 'saveFile:ok', savedFilePath: filePath });
    expect(() => fs.accessSync(tempFilePath)).toThrow('accessSync:fail');
  });

  test('what is no file of the app\'s is not kept, and saved files are not written', async () => {
    for (const tempFilePath of ['wxfile://tmp_none', '/app.json', root, '/etc/passwd']) {
      await expect(fs.saveFile({ tempFilePath })).rejects.toMatchObject({ errMsg: 'saveFile:fail tempFilePath file not exist', errno: 1301112 });
    }
    const tempFilePath = await temp('e.txt');
    for (const filePath of ['/x', 'wxfile://store_x', root + '/../x']) {
      await expect(fs.saveFile({ tempFilePath, filePath })).rejects.toMatchObject({ errno: 1300013 });
    }
    expect(fs.readFileSync(tempFilePath, 'utf8')).toBe('this is e.txt');
    const saved = fs.saveFileSync(tempFilePath);
    expect(() => fs.writeFileSync(saved, 'x')).toThrow(`writeFileSync:fail permission denied, open "${saved}"`);
  });

  test('the path must be a text', async () => {
    await expect(fs.saveFile({})).rejects.toMatchObject({ errMsg: 'saveFile:fail parameter error: parameter.tempFilePath should be String instead of Undefined;', errno: 1001 });
    await expect(fs.removeSavedFile({})).rejects.toMatchObject({ errMsg: 'removeSavedFile:fail parameter error: parameter.filePath should be String instead of Undefined;', errno: 1001 });
  });
});
