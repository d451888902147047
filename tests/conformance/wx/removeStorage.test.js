// Rests on: the vendor's wx.removeStorage and wx.removeStorageSync pages.
describe('wx.removeStorage', () => {
  beforeEach(() => { wx.clearStorageSync(); wx.setStorageSync('a', 1); wx.setStorageSync('b', 2); });

  test('removes one key', async () => {
    expect((await wx.removeStorage({ key: 'a' })).errMsg).toBe('removeStorage:ok');
    expect(wx.getStorageInfoSync().keys).toEqual(['b']);
  });

  test('a key that is not there is no error', async () => {
    expect((await wx.removeStorage({ key: 'none' })).errMsg).toBe('removeStorage:ok');
    expect(wx.removeStorageSync('none')).toBeUndefined();
  });

  test('the Sync form takes the key', () => {
    wx.removeStorageSync('b');
    expect(wx.getStorageSync('b')).toBe('');
    expect(wx.getStorageSync('a')).toBe(1);
  });
});
