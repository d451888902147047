// Rests on: the vendor's wx.clearStorage and wx.clearStorageSync pages.
describe('wx.clearStorage', () => {
  beforeEach(() => wx.setStorageSync('key', 1));

  test('needs no argument', async () => {
    expect((await wx.clearStorage()).errMsg).toBe('clearStorage:ok');
    expect(wx.getStorageInfoSync().keys).toEqual([]);
  });

  test('has a Sync form', () => {
    expect(wx.clearStorageSync()).toBeUndefined();
    expect(wx.getStorageSync('key')).toBe('');
  });
});
