// Rests on: the vendor's wx.saveFile, wx.getSavedFileList and wx.removeSavedFile pages.
const fs = wx.getFileSystemManager();

describe('wx.getSavedFileList', () => {
  test('lists saved files', async () => {
    expect(await wx.getSavedFileList()).toMatchObject({ errMsg: 'getSavedFileList:ok' });
    expect(Array.isArray((await wx.getSavedFileList()).fileList)).toBe(true);
  });

  test('a temporary file that is not there is not saved', async () => {
    await expect(wx.saveFile({ tempFilePath: 'wxfile://tmp_none' })).rejects.toMatchObject({ errMsg: 'saveFile:fail tempFilePath file not exist', errno: 1301112 });
    expect(() => fs.saveFileSync('wxfile://tmp_none')).toThrow('saveFileSync:fail tempFilePath file not exist');
  });

  test('a saved file that is not there is not removed', async () => {
    await expect(wx.removeSavedFile({ filePath: 'wxfile://store_none' })).rejects.toMatchObject({ errno: 1300002 });
  });
});
