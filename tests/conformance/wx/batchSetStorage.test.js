// Rests on: the vendor's wx.batchSetStorage and wx.batchSetStorageSync pages.
describe('wx.batchSetStorage', () => {
  beforeEach(() => wx.clearStorageSync());

  test('sets several keys', async () => {
    const res = await wx.batchSetStorage({ kvList: [{ key: 'a', value: [1] }, { key: 'b', value: undefined }] });
    expect(res.errMsg).toBe('batchSetStorage:ok');
    expect(wx.getStorageSync('a')).toEqual([1]);
    expect(wx.getStorageSync('b')).toBeUndefined();
  });

  test('the Sync form takes the list', () => {
    wx.batchSetStorageSync([{ key: 'a', value: 'x' }]);
    expect(wx.getStorageSync('a')).toBe('x');
  });

  test('sets nothing when one entry is too large', () => {
    expect(() => wx.batchSetStorageSync([{ key: 'a', value: 1 }, { key: 'b', value: 'x'.repeat(1024 * 1024 + 1) }])).toThrow();
    expect(wx.getStorageInfoSync().keys).toEqual([]);
  });

  test('requires a list', async () => {
    await expect(wx.batchSetStorage({ kvList: {} })).rejects.toMatchObject({
      errMsg: 'batchSetStorage:fail parameter error: parameter.kvList should be Array instead of Object;',
    });
  });
});
