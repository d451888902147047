// Rests on: the platform's reference of BLEPeripheralServer, and its bluetooth error codes.

const call = (object, method, options) => new Promise((success, fail) => expect(object[method]({ ...options, success, fail })).toBeUndefined())
const service = { uuid: 'FFF0', characteristics: [{ uuid: 'FFF1' }] }
const value = new Uint8Array([1]).buffer

test('createBLEPeripheralServer needs the adapter', async () => {
  await expect(wx.createBLEPeripheralServer()).rejects.toEqual({ errMsg: 'createBLEPeripheralServer:fail not init', errCode: 10000 })
})

test('a server offers services, and hears of who comes', async () => {
  await wx.openBluetoothAdapter({ mode: 'peripheral' })
  const { server, errMsg } = await wx.createBLEPeripheralServer()
  expect(errMsg).toBe('createBLEPeripheralServer:ok')
  const write = (characteristicId) => call(server, 'writeCharacteristicValue', { serviceId: 'fff0', characteristicId, value, needNotify: true })
  await expect(write('FFF1')).rejects.toMatchObject({ errCode: 10004 })
  await expect(call(server, 'addService', { service: {} })).rejects.toMatchObject({ errno: 1001 })
  await expect(call(server, 'addService')).rejects.toMatchObject({ errno: 1001 })
  await expect(call(server, 'addService', { service })).resolves.toEqual({ errMsg: 'addService:ok' })
  await expect(write('FFF1')).resolves.toEqual({ errMsg: 'writeCharacteristicValue:ok' })
  await expect(write('FFF2')).rejects.toMatchObject({ errCode: 10005 })
  await expect(call(server, 'startAdvertising')).rejects.toMatchObject({ errno: 1001 })
  await expect(call(server, 'startAdvertising', { advertiseRequest: { connectable: true } })).resolves.toEqual({ errMsg: 'startAdvertising:ok' })
  await expect(call(server, 'stopAdvertising')).resolves.toEqual({ errMsg: 'stopAdvertising:ok' })

  const heard = [], gone = fn(), told = { serviceId: 'FFF0', characteristicId: 'FFF1', callbackId: 1 }
  for (const event of ['CharacteristicReadRequest', 'CharacteristicWriteRequest', 'CharacteristicSubscribed', 'CharacteristicUnsubscribed']) {
    server['on' + event]((res) => heard.push([event, res]))
    server['on' + event](gone)
    server['off' + event](gone)
  }
  // The names of the listeners: onCharacteristicReadRequest offCharacteristicReadRequest onCharacteristicWriteRequest
  // offCharacteristicWriteRequest onCharacteristicSubscribed offCharacteristicSubscribed onCharacteristicUnsubscribed
  // offCharacteristicUnsubscribed.
  const connected = fn()
  wx.onBLEPeripheralConnectionStateChanged(connected)
  device.set({ bleCentral: { event: 'connectionState', deviceId: 'd', connected: true } })
  device.set({ bleCentral: { event: 'characteristicReadRequest', ...told } })
  device.set({ bleCentral: { event: 'characteristicSubscribed', ...told } })
  await new Promise((resolve) => setTimeout(resolve, 10))
  expect(connected).toHaveBeenCalledWith({ deviceId: 'd', connected: true })
  expect(heard).toEqual([['CharacteristicReadRequest', told], ['CharacteristicSubscribed', told]])
  expect(gone).not.toHaveBeenCalled()
  wx.offBLEPeripheralConnectionStateChanged()

  await expect(call(server, 'removeService', { serviceId: 'FFF0' })).resolves.toEqual({ errMsg: 'removeService:ok' })
  await expect(call(server, 'removeService', { serviceId: 'FFF0' })).rejects.toMatchObject({ errCode: 10004 })
  await expect(call(server, 'close')).resolves.toEqual({ errMsg: 'close:ok' })
  await expect(call(server, 'close')).rejects.toMatchObject({ errCode: 10006 })
  await wx.closeBluetoothAdapter()
})
