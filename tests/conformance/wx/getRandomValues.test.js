// Rests on: the platform's reference of getRandomValues.

test('gives as many bytes as asked for, others each time', async () => {
  const { randomValues, errMsg } = await wx.getRandomValues({ length: 32 })
  expect(errMsg).toBe('getRandomValues:ok')
  expect(randomValues).toBeInstanceOf(ArrayBuffer)
  expect(randomValues.byteLength).toBe(32)
  const again = await new Promise((success) => wx.getRandomValues({ length: 32, success }))
  expect(wx.arrayBufferToBase64(again.randomValues)).not.toBe(wx.arrayBufferToBase64(randomValues))
})

test.each([0, -1, 1.5, 2e6, '6', undefined])('length %p is none', async (length) => {
  await expect(wx.getRandomValues({ length })).rejects.toMatchObject({ errno: 1001 })
})
