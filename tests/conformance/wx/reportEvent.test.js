// Rests on: the platform's references of wx.reportEvent and wx.reportAnalytics: nothing comes back, nothing is thrown.

test('takes whatever it is given', () => {
  for (const report of [wx.reportEvent, wx.reportAnalytics]) {
    expect(report('purchase', { price: 120 })).toBeUndefined()
    expect(report('purchase')).toBeUndefined()
    expect(report()).toBeUndefined()
  }
})
