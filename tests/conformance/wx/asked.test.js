// Rests on: the platform's references of each function: what comes back, that a person can cancel, and which parameters are needed.

const bad = { errno: 1001 }

describe.each([
  ['scanCode', {}, { result: 'https://example.com/', scanType: 'QR_CODE', charSet: 'UTF-8', path: '', rawData: 'aHR0cHM6Ly9leGFtcGxlLmNvbS8=' }, { scanType: 'qrCode' }],
  ['chooseAddress', {}, { userName: '张三', provinceName: '广东省', telNumber: expect.any(String), nationalCode: expect.any(String) }],
  ['chooseContact', {}, { phoneNumber: '02081167888', displayName: '张三', phoneNumberList: ['02081167888'] }],
  ['chooseInvoiceTitle', {}, { type: '0', title: expect.any(String), taxNumber: expect.any(String) }],
  ['chooseLicensePlate', {}, { plateNumber: '粤A12345' }],
  ['addPhoneContact', { firstName: 'a' }, {}, {}],
  ['addPhoneCalendar', { title: 'a', startTime: 1 }, {}, { title: 'a' }],
  ['addPhoneRepeatCalendar', { title: 'a', startTime: 1 }, {}, { startTime: 1 }],
  ['makePhoneCall', { phoneNumber: '10086' }, {}, {}],
  ['sendSms', { phoneNumber: '10086', content: 'a' }, {}, { content: 5 }],
  ['openCustomerServiceChat', { extInfo: { url: 'a' }, corpId: 'b' }, {}, { corpId: 'b' }],
  ['openOfficialAccountArticle', { url: 'a' }, {}, {}],
  ['openOfficialAccountProfile', { username: 'a' }, {}, {}],
  ['openOfficialAccountChat', { username: 'a' }, {}, {}],
  ['openAppAuthorizeSetting', {}, {}],
  ['openSystemBluetoothSetting', {}, {}],
  ['openPrivacyContract', {}, {}],
  ['requestPayment', { timeStamp: '1', nonceStr: 'a', package: 'prepay_id=1', signType: 'MD5', paySign: 'b' }, {}, { timeStamp: 1 }],
])('%s', (name, options, result, wrong) => {
  test('a willing person goes along', async () => {
    await expect(wx[name](options)).resolves.toMatchObject({ errMsg: name + ':ok', ...result })
    const heard = []
    await new Promise((resolve) => wx[name]({
      ...options, success: (res) => heard.push(['success', res.errMsg]), complete: (res) => { heard.push(['complete', res.errMsg]); resolve() },
    }))
    expect(heard).toEqual([['success', name + ':ok'], ['complete', name + ':ok']])
  })

  test('a person may cancel, and it may fail', async () => {
    device.answer(name, 'cancel')
    await expect(wx[name](options)).rejects.toEqual({ errMsg: name + ':fail cancel' })
    device.answer(name, { fail: 'out of order', errno: 4, errCode: -1 })
    await expect(wx[name](options)).rejects.toEqual({ errMsg: name + ':fail out of order', errno: 4, errCode: -1 })
  })

  if (wrong) test('parameters are checked', () => expect(wx[name](wrong)).rejects.toMatchObject(bad))
})

test('answers of the profile come one after the other, the last stays', async () => {
  device.set({ answers: { scanCode: ['a', 'cancel', { result: 'b', rawData: 'x' }] } })
  await expect(wx.scanCode()).resolves.toMatchObject({ result: 'a', rawData: 'YQ==' })
  await expect(wx.scanCode()).rejects.toEqual({ errMsg: 'scanCode:fail cancel' })
  await expect(wx.scanCode()).resolves.toMatchObject({ result: 'b', rawData: 'x' })
  await expect(wx.scanCode()).resolves.toMatchObject({ result: 'b', rawData: 'x' })
})

test('requestPayment needs its texts', async () => {
  await expect(wx.requestPayment({ timeStamp: '1', nonceStr: '', package: 'a', paySign: 'b' })).rejects.toEqual({
    errMsg: 'requestPayment:fail parameter error: parameter.nonceStr should be not empty string;', errno: 1001,
  })
})

describe('requestSubscribeMessage', () => {
  test('templates are accepted one by one', async () => {
    await expect(wx.requestSubscribeMessage({ tmplIds: ['a', 'b'] })).resolves.toEqual({ errMsg: 'requestSubscribeMessage:ok', a: 'accept', b: 'accept' })
    device.answer('requestSubscribeMessage', { b: 'reject' })
    await expect(wx.requestSubscribeMessage({ tmplIds: ['a', 'b'] })).resolves.toMatchObject({ a: 'accept', b: 'reject' })
    device.answer('requestSubscribeMessage', 'reject')
    await expect(wx.requestSubscribeMessage({ tmplIds: ['a', 'b'] })).resolves.toMatchObject({ a: 'reject', b: 'reject' })
  })

  test('there are one to three', async () => {
    await expect(wx.requestSubscribeMessage({ tmplIds: [] })).rejects.toEqual({ errMsg: "requestSubscribeMessage:fail TmplIds can't be empty", errCode: 10001 })
    await expect(wx.requestSubscribeMessage({ tmplIds: ['a', 'b', 'c', 'd'] })).rejects.toMatchObject({ errCode: 20003 })
    await expect(wx.requestSubscribeMessage({ tmplIds: 'a' })).rejects.toMatchObject(bad)
  })
})

test('a contact needs its scope', async () => {
  device.set({ permissions: { addPhoneCalendar: 'denied' } })
  device.answer('openSetting', { addPhoneCalendar: false, addPhoneContact: false })
  await wx.openSetting()
  await expect(wx.addPhoneCalendar({ title: 'a', startTime: 1 })).rejects.toEqual({ errMsg: 'addPhoneCalendar:fail auth deny', errno: 103 })
  await expect(wx.addPhoneContact({ firstName: 'a' })).rejects.toEqual({ errMsg: 'addPhoneContact:fail auth deny', errno: 103 })
})
