// Rests on: the vendor's wx.getStorageInfo page: keys, currentSize and limitSize in KB.
describe('wx.getStorageInfo', () => {
  beforeEach(() => wx.clearStorageSync());

  test('of an empty storage', () => {
    expect(wx.getStorageInfoSync()).toEqual({ keys: [], currentSize: 0, limitSize: 10240 });
  });

  test('counts in kilobytes, rounded up', async () => {
    wx.setStorageSync('b', 'x'.repeat(2000));
    wx.setStorageSync('a', 1);
    const info = await wx.getStorageInfo();
    expect(info.errMsg).toBe('getStorageInfo:ok');
    expect(info.keys.slice().sort()).toEqual(['a', 'b']);
    expect(info.currentSize).toBe(2);
    expect(info.limitSize).toBe(10240);
  });
});
