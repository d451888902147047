// Rests on: the platform's references of wx.reportEvent and wx.reportAnalytics: nothing comes back, nothing is thrown.

test('takes whatever it is given', () => {
  for (const report of [wx.reportEvent, wx.reportAnalytics]) {
    expect(report('purchase', { price: 120 })).toBeUndefined()
    expect(report('purchase')).toBeUndefined()
    expect(report()).toBeUndefined()
  }
})

test('measurements are told', () => {
  expect(wx.reportMonitor('1', 5)).toBeUndefined()
  expect(wx.reportPerformance(1101, 680, 'custom')).toBeUndefined()
  expect(() => wx.reportMonitor(1, 5)).toThrow('reportMonitor:fail parameter error')
  expect(() => wx.reportPerformance(1101)).toThrow('reportPerformance:fail parameter error')
})
