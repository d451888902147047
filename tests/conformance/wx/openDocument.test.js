// Rests on: the vendor's wx.openDocument page.
const fs = wx.getFileSystemManager(), filePath = wx.env.USER_DATA_PATH + '/doc.pdf';

describe('wx.openDocument', () => {
  beforeAll(() => { fs.writeFileSync(filePath, '%PDF'); fs.writeFileSync(filePath + '.bin', '%PDF'); });

  test('opens what is there, by its name or by the type that is said', async () => {
    expect(await wx.openDocument({ filePath })).toEqual({ errMsg: 'openDocument:ok' });
    expect((await new Promise((success, fail) => wx.openDocument({ filePath: filePath + '.bin', fileType: 'pdf', success, fail }))).errMsg).toBe('openDocument:ok');
  });

  test('nothing else', async () => {
    await expect(wx.openDocument({ filePath: filePath + '.bin' })).rejects.toEqual({ errMsg: 'openDocument:fail filetype not supported' });
    await expect(wx.openDocument({ filePath, fileType: 'exe' })).rejects.toMatchObject({ errMsg: 'openDocument:fail filetype not supported' });
    await expect(wx.openDocument({ filePath: filePath + 'x' })).rejects.toMatchObject({ errno: 1300002 });
    await expect(wx.openDocument({})).rejects.toMatchObject({ errMsg: 'openDocument:fail parameter error: parameter.filePath should be String instead of Undefined;', errno: 1001 });
  });
});
