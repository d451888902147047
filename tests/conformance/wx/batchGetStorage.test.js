// Rests on: the vendor's wx.batchGetStorage and wx.batchGetStorageSync pages; the name of the result's list is our choice.
describe('wx.batchGetStorage', () => {
  beforeEach(() => { wx.clearStorageSync(); wx.setStorageSync('a', 1); wx.setStorageSync('b', { c: 2 }); });

  test('the Sync form returns the values in order, an empty string for what is not there', () => {
    expect(wx.batchGetStorageSync(['b', 'none', 'a'])).toEqual([{ c: 2 }, '', 1]);
  });

  test('gives a list', async () => {
    const res = await wx.batchGetStorage({ keyList: ['a'] });
    expect(res.errMsg).toBe('batchGetStorage:ok');
    expect(res.dataList).toEqual([1]);
  });
});
