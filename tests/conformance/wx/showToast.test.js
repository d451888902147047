// Rests on: the platform's reference of wx.showToast.

const toast = () => device.ui.state().toast
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

test('shows for 1500 ms by default', async () => {
  await expect(wx.showToast({ title: 'Saved' })).resolves.toEqual({ errMsg: 'showToast:ok' })
  expect(toast()).toMatchObject({ title: 'Saved', icon: 'success', mask: false })
  await wait(1400)
  expect(toast()).not.toBeNull()
  await wait(200)
  expect(toast()).toBeNull()
})

test('shows for as long as it is told', async () => {
  await wx.showToast({ title: 'Saved', duration: 300, icon: 'none', mask: true })
  expect(toast()).toMatchObject({ icon: 'none', mask: true })
  await wait(400)
  expect(toast()).toBeNull()
})

test('a title that is undefined is refused', async () => {
  await expect(wx.showToast({ title: undefined })).rejects.toEqual({
    errMsg: 'showToast:fail parameter error: parameter.title should be String instead of Undefined;',
    errno: 1001,
  })
})

test('takes the place of a loading sign', async () => {
  await wx.showLoading({ title: 'Loading' })
  await wx.showToast({ title: 'Done' })
  expect(toast()).toMatchObject({ title: 'Done', loading: false })
  await wx.hideToast()
})
