// Rests on: the vendor's wx.setStorage and wx.setStorageSync pages: native types, Date and JSON-able values, 1 MB a key, 10 MB in all.
describe('wx.setStorage', () => {
  beforeEach(() => wx.clearStorageSync());

  test('keeps the type of a value', () => {
    for (const value of ['text', '', 'a\nb', 0, -1.5, true, false, null, undefined, [1, [2]], { a: { b: '中' } }]) {
      wx.setStorageSync('key', value);
      expect(wx.getStorageSync('key')).toEqual(value);
    }
  });

  test('keeps a Date as a Date', () => {
    wx.setStorageSync('key', new Date(1700000000000));
    const value = wx.getStorageSync('key');
    expect(value instanceof Date).toBe(true);
    expect(value.getTime()).toBe(1700000000000);
  });

  test('stores a copy, not the object', () => {
    const value = { list: [1] };
    wx.setStorageSync('key', value);
    value.list.push(2);
    expect(wx.getStorageSync('key')).toEqual({ list: [1] });
  });

  test('calls success and complete with errMsg', async () => {
    const calls = [];
    await new Promise(done => wx.setStorage({
      key: 'key', data: 1,
      success: res => calls.push(['success', res.errMsg]),
      complete: res => { calls.push(['complete', res.errMsg]); done(); },
    }));
    expect(calls).toEqual([['success', 'setStorage:ok'], ['complete', 'setStorage:ok']]);
  });

  test('returns a promise without callbacks', async () => {
    const res = await wx.setStorage({ key: 'key', data: 'v' });
    expect(res.errMsg).toBe('setStorage:ok');
    expect(wx.getStorageSync('key')).toBe('v');
  });

  test('checks the type of the key', async () => {
    await expect(wx.setStorage({ key: 1, data: 'v' })).rejects.toMatchObject({
      errMsg: 'setStorage:fail parameter error: parameter.key should be String instead of Number;', errno: 1001,
    });
  });

  test('the Sync form with a key that is no string stores nothing and does not throw', () => {
    expect(wx.setStorageSync(1, 'v')).toBeUndefined();
    expect(wx.getStorageInfoSync().keys).toEqual([]);
  });

  test('refuses an entry of more than 1 MB', async () => {
    await expect(wx.setStorage({ key: 'key', data: 'x'.repeat(1024 * 1024 + 1) })).rejects.toMatchObject({
      errMsg: 'setStorage:fail:entry size limit reached',
    });
    expect(() => wx.setStorageSync('key', 'x'.repeat(1024 * 1024 + 1))).toThrow('setStorageSync:fail:entry size limit reached');
  });

  test('refuses more than 10 MB in all', () => {
    const large = 'x'.repeat(1000 * 1000);
    for (let i = 0; i < 10; i++) wx.setStorageSync('key' + i, large);
    expect(() => wx.setStorageSync('one more', large)).toThrow('setStorageSync:fail exceed storage max size 10Mb');
    wx.clearStorageSync();
  });

  test('an encrypted value is read only with encrypt', async () => {
    await wx.setStorage({ key: 'key', data: 'secret', encrypt: true });
    await expect(wx.getStorage({ key: 'key' })).rejects.toMatchObject({ errMsg: 'getStorage:fail data not found' });
    expect((await wx.getStorage({ key: 'key', encrypt: true })).data).toBe('secret');
  });
});
