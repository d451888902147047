// Rests on: the vendor's wx.getStorage and wx.getStorageSync pages, and on observed behaviour for a key that is not there.
describe('wx.getStorage', () => {
  beforeEach(() => wx.clearStorageSync());

  test('gives the value as data', async () => {
    wx.setStorageSync('key', { a: 1 });
    expect(await wx.getStorage({ key: 'key' })).toEqual({ errMsg: 'getStorage:ok', data: { a: 1 } });
  });

  test('fails for a key that is not there', async () => {
    await expect(wx.getStorage({ key: 'none' })).rejects.toMatchObject({ errMsg: 'getStorage:fail data not found' });
  });

  test('the Sync form gives an empty string for a key that is not there', () => {
    expect(wx.getStorageSync('none')).toBe('');
  });

  test('requires a key', async () => {
    await expect(wx.getStorage({})).rejects.toMatchObject({
      errMsg: 'getStorage:fail parameter error: parameter.key should be String instead of Undefined;', errno: 1001,
    });
  });

  test('success comes later, a parameter error at once', async () => {
    wx.setStorageSync('key', 1);
    const order = [];
    const later = new Promise(done => wx.getStorage({ key: 'key', success: () => { order.push('success'); done(); } }));
    wx.getStorage({ key: 1, fail: () => order.push('fail') });
    order.push('returned');
    await later;
    expect(order).toEqual(['fail', 'returned', 'success']);
  });
});
