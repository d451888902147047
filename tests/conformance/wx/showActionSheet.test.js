// Rests on: the platform's reference of wx.showActionSheet; texts of failures as apps report them.

test('a pick', async () => {
  device.ui.answer({ index: 1 })
  await expect(wx.showActionSheet({ itemList: ['a', 'b'] })).resolves.toEqual({ errMsg: 'showActionSheet:ok', tapIndex: 1 })
})

test('cancelling is a failure', async () => {
  device.ui.answer('cancel')
  await expect(wx.showActionSheet({ itemList: ['a'] })).rejects.toEqual({ errMsg: 'showActionSheet:fail cancel' })
})

test('what is shown', () => {
  wx.showActionSheet({ itemList: ['a'], alertText: 'Careful', fail() {} })
  expect(device.ui.prompt()).toMatchObject({ itemList: ['a'], itemColor: '#000000', alertText: 'Careful' })
  device.ui.answer('cancel')
})

test.each([
  [undefined, 'parameter.itemList should be Array instead of Undefined;'],
  ['abc', 'parameter.itemList should be Array instead of String;'],
  [[], 'parameter.itemList should have at least 1 item;'],
  [['a', 1], 'parameter.itemList[1] should be String instead of Number;'],
  [['1', '2', '3', '4', '5', '6', '7'], 'itemList should not be large than 6'],
])('itemList %p is refused', async (itemList, reason) => {
  await expect(wx.showActionSheet({ itemList })).rejects.toEqual({
    errMsg: 'showActionSheet:fail parameter error: ' + reason,
    errno: 1001,
  })
})
