// Rests on: the platform's references of the bluetooth functions, and their table of errCodes.

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const bytes = (buffer) => Array.from(new Uint8Array(buffer))
const heart = { deviceId: 'AA:01', serviceId: '180D', characteristicId: '2A37' }
const value = (base64) => [
  {
    deviceId: 'AA:01', name: 'heart', localName: 'heart', advertisData: 'AQI=', advertisServiceUUIDs: ['180D'],
    services: [{ uuid: '180D', characteristics: [{ uuid: '2A37', value: base64 }, { uuid: '2A38', can: ['read'], value: '' }] }],
  },
  { deviceId: 'AA:02', name: 'deaf', connectable: false },
]

beforeAll(() => device.set({ bluetooth: { devices: value('AA==') } }))

test.each([
  ['closeBluetoothAdapter'], ['getBluetoothAdapterState'], ['startBluetoothDevicesDiscovery'], ['stopBluetoothDevicesDiscovery'],
  ['getBluetoothDevices'], ['getConnectedBluetoothDevices', { services: [] }], ['createBLEConnection', heart], ['closeBLEConnection', heart],
  ['getBLEDeviceServices', heart], ['getBLEDeviceCharacteristics', heart], ['readBLECharacteristicValue', heart],
  ['writeBLECharacteristicValue', { ...heart, value: new ArrayBuffer(1) }], ['notifyBLECharacteristicValueChange', { ...heart, state: true }],
  ['getBLEDeviceRSSI', heart], ['getBLEMTU', heart],
])('%s needs an open adapter', async (name, options) => {
  await expect(wx[name](options || {})).rejects.toEqual({ errMsg: name + ':fail not init', errCode: 10000 })
})

test('an adapter that is off cannot be opened', async () => {
  device.set({ bluetooth: { available: false } })
  await expect(wx.openBluetoothAdapter()).rejects.toEqual({ errMsg: 'openBluetoothAdapter:fail not available', errCode: 10001 })
  device.set({ bluetooth: { available: true } })
  await expect(wx.openBluetoothAdapter({ mode: 'both' })).rejects.toMatchObject({ errCode: 10009 })
  await expect(wx.openBluetoothAdapter()).resolves.toEqual({ errMsg: 'openBluetoothAdapter:ok' })
  await expect(wx.getBluetoothAdapterState()).resolves.toEqual({ errMsg: 'getBluetoothAdapterState:ok', available: true, discovering: false })
})

test('a search finds the devices that offer a service', async () => {
  const [found, states] = [fn(), fn()]
  wx.onBluetoothDeviceFound(found)
  wx.onBluetoothAdapterStateChange(states)
  await wx.startBluetoothDevicesDiscovery({ services: ['180d'] })
  await wait(200)
  await wx.stopBluetoothDevicesDiscovery()
  await wait(0)
  expect(found).toHaveBeenCalledTimes(1)
  const [one] = found.mock.calls[0][0].devices
  expect(one).toMatchObject({ deviceId: 'AA:01', name: 'heart', RSSI: -60, advertisServiceUUIDs: ['180D'], connectable: true })
  expect(bytes(one.advertisData)).toEqual([1, 2])
  expect(states.mock.calls.map(([s]) => s.discovering)).toEqual([true, false])
  const { devices } = await wx.getBluetoothDevices()
  expect(devices.map((d) => d.deviceId)).toEqual(['AA:01'])
  wx.offBluetoothDeviceFound(found)
  wx.offBluetoothAdapterStateChange(states)
})

test('connections come, go and get lost', async () => {
  const heard = fn()
  wx.onBLEConnectionStateChange(heard)
  await expect(wx.createBLEConnection({ deviceId: 'AA:09' })).rejects.toEqual({ errMsg: 'createBLEConnection:fail no device', errCode: 10002 })
  await expect(wx.createBLEConnection({ deviceId: 'AA:02' })).rejects.toMatchObject({ errCode: 10003 })
  await expect(wx.createBLEConnection({})).rejects.toMatchObject({ errno: 1001 })
  await expect(wx.getBLEDeviceServices(heart)).rejects.toEqual({ errMsg: 'getBLEDeviceServices:fail no connection', errCode: 10006 })
  await expect(wx.createBLEConnection({ deviceId: 'AA:01' })).resolves.toEqual({ errMsg: 'createBLEConnection:ok' })
  await expect(wx.createBLEConnection({ deviceId: 'AA:01' })).rejects.toMatchObject({ errCode: -1 })
  await expect(wx.getConnectedBluetoothDevices({ services: [] })).resolves.toMatchObject({ devices: [{ deviceId: 'AA:01', name: 'heart' }] })
  await expect(wx.getBLEDeviceRSSI(heart)).resolves.toMatchObject({ RSSI: -60 })
  await expect(wx.getBLEMTU(heart)).resolves.toMatchObject({ mtu: 23 })
  await expect(wx.closeBLEConnection(heart)).resolves.toEqual({ errMsg: 'closeBLEConnection:ok' })
  await wx.createBLEConnection({ deviceId: 'AA:01' })
  device.set({ bluetooth: { devices: [] } })
  await wait(0)
  expect(heard.mock.calls.map(([s]) => s.connected)).toEqual([true, false, true, false])
  wx.offBLEConnectionStateChange()
})

test('values are read, written and told of', async () => {
  device.set({ bluetooth: { devices: value('AA==') } })
  await wx.createBLEConnection({ deviceId: 'AA:01' })
  await expect(wx.getBLEDeviceServices(heart)).resolves.toMatchObject({ services: [{ uuid: '180D', isPrimary: true }] })
  const { characteristics } = await wx.getBLEDeviceCharacteristics(heart)
  expect(characteristics[0]).toMatchObject({ uuid: '2A37', properties: { read: true, write: true, notify: true, indicate: false } })
  const heard = fn()
  wx.onBLECharacteristicValueChange(heard)
  await expect(wx.readBLECharacteristicValue(heart)).resolves.toEqual({ errMsg: 'readBLECharacteristicValue:ok' })
  await expect(wx.writeBLECharacteristicValue({ ...heart, value: new Uint8Array([7, 8]).buffer })).resolves.toMatchObject({
    errMsg: 'writeBLECharacteristicValue:ok',
  })
  await wx.readBLECharacteristicValue(heart)
  await wx.notifyBLECharacteristicValueChange({ ...heart, state: true })
  device.set({ bluetooth: { devices: value('CQ==') } })
  await wait(0)
  await wx.notifyBLECharacteristicValueChange({ ...heart, state: false })
  device.set({ bluetooth: { devices: value('Cg==') } })
  await wait(0)
  expect(heard.mock.calls.map(([change]) => bytes(change.value))).toEqual([[0], [7, 8], [9]])
  expect(heard.mock.calls[0][0]).toMatchObject(heart)
  wx.offBLECharacteristicValueChange()
})

test.each([
  [{ serviceId: '1800' }, 10004],
  [{ characteristicId: '2A00' }, 10005],
  [{ characteristicId: '2A38' }, 10007],
])('a write to %j fails', async (other, errCode) => {
  await expect(wx.writeBLECharacteristicValue({ ...heart, ...other, value: new ArrayBuffer(1) })).rejects.toMatchObject({ errCode })
})

test('a closed adapter knows nothing any more', async () => {
  await expect(wx.closeBluetoothAdapter()).resolves.toEqual({ errMsg: 'closeBluetoothAdapter:ok' })
  await expect(wx.getBluetoothDevices()).rejects.toMatchObject({ errCode: 10000 })
})
