// Rests on: the platform's references of the beacon, local service and wireless LAN functions, and their errCodes.

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

describe('beacons', () => {
  const uuid = 'FDA50693-A4E2-4FB1-AFCF-C6EB07647825'

  test('those that are looked for are told of', async () => {
    const [updates, states] = [fn(), fn()]
    wx.onBeaconUpdate(updates)
    wx.onBeaconServiceChange(states)
    await expect(wx.getBeacons()).rejects.toEqual({ errMsg: 'getBeacons:fail not start discovery', errCode: 11004 })
    await expect(wx.startBeaconDiscovery({ uuids: [] })).rejects.toMatchObject({ errno: 1001 })
    await expect(wx.startBeaconDiscovery({ uuids: [uuid] })).resolves.toEqual({ errMsg: 'startBeaconDiscovery:ok' })
    await expect(wx.startBeaconDiscovery({ uuids: [uuid] })).rejects.toMatchObject({ errCode: 11003 })
    device.set({ beacons: [{ uuid, major: 1, minor: 2 }, { uuid: 'other' }] })
    await wait(200)
    expect(updates.mock.calls[0][0].beacons).toEqual([{ uuid, major: 1, minor: 2, proximity: 1, accuracy: 1, rssi: -60 }])
    await expect(wx.getBeacons()).resolves.toMatchObject({ beacons: [{ major: 1 }] })
    await expect(wx.stopBeaconDiscovery()).resolves.toEqual({ errMsg: 'stopBeaconDiscovery:ok' })
    await expect(wx.stopBeaconDiscovery()).rejects.toMatchObject({ errCode: 11004 })
    expect(states.mock.calls.map(([s]) => s.discovering)).toEqual([true, false])
    wx.offBeaconUpdate()
    wx.offBeaconServiceChange()
  })

  test('without bluetooth there are none', async () => {
    device.set({ bluetooth: { available: false } })
    await expect(wx.startBeaconDiscovery({ uuids: [uuid] })).rejects.toMatchObject({ errCode: 11001 })
  })
})

describe('local services', () => {
  const serviceType = '_http._tcp.'
  const printer = { serviceType, serviceName: 'printer', ip: '192.168.1.2', port: 80 }

  test('come, go and cannot be resolved', async () => {
    const [found, lost, failed, stopped] = [fn(), fn(), fn(), fn()]
    wx.onLocalServiceFound(found)
    wx.onLocalServiceLost(lost)
    wx.onLocalServiceResolveFail(failed)
    wx.onLocalServiceDiscoveryStop(stopped)
    device.set({ services: [printer, { serviceType: '_other._tcp.', serviceName: 'x', ip: '1.1.1.1' }] })
    await expect(wx.startLocalServiceDiscovery({ serviceType: '' })).rejects.toEqual({ errMsg: 'startLocalServiceDiscovery:fail invalid param' })
    await expect(wx.startLocalServiceDiscovery({ serviceType })).resolves.toEqual({ errMsg: 'startLocalServiceDiscovery:ok' })
    await expect(wx.startLocalServiceDiscovery({ serviceType })).rejects.toEqual({ errMsg: 'startLocalServiceDiscovery:fail scan task already exist' })
    await wait(200)
    device.set({ services: [{ serviceType, serviceName: 'ghost' }] })
    await wait(0)
    await expect(wx.stopLocalServiceDiscovery()).resolves.toEqual({ errMsg: 'stopLocalServiceDiscovery:ok' })
    await expect(wx.stopLocalServiceDiscovery()).rejects.toEqual({ errMsg: 'stopLocalServiceDiscovery:fail task not found' })
    expect(found.mock.calls).toEqual([[printer]])
    expect(lost.mock.calls).toEqual([[{ serviceType, serviceName: 'printer' }]])
    expect(failed.mock.calls).toEqual([[{ serviceType, serviceName: 'ghost' }]])
    expect(stopped).toHaveBeenCalledTimes(1)
    for (const event of ['Found', 'Lost', 'ResolveFail', 'DiscoveryStop']) wx['offLocalService' + event]()
  })
})

describe('wireless LAN', () => {
  test.each(['getWifiList', 'getConnectedWifi', 'stopWifi'])('%s needs startWifi', async (name) => {
    await expect(wx[name]()).rejects.toEqual({ errMsg: name + ':fail not invoke startWifi', errCode: 12000 })
  })

  test('networks are listed and connected to', async () => {
    device.set({ wifi: { networks: [{ name: 'minirun' }, { name: 'cafe', password: '12345678', bssid: '02:00:00:00:00:02' }] } })
    const [lists, connected, partly] = [fn(), fn(), fn()]
    wx.onGetWifiList(lists)
    wx.onWifiConnected(connected)
    wx.onWifiConnectedWithPartialInfo(partly)
    await expect(wx.startWifi()).resolves.toEqual({ errMsg: 'startWifi:ok' })
    await expect(wx.getWifiList()).resolves.toEqual({ errMsg: 'getWifiList:ok' })
    await wait(200)
    expect(lists.mock.calls[0][0].wifiList.map((w) => [w.SSID, w.secure])).toEqual([['minirun', false], ['cafe', true]])
    await expect(wx.connectWifi({ SSID: 'cafe', password: 'x' })).rejects.toEqual({ errMsg: 'connectWifi:fail password error', errCode: 12002 })
    await expect(wx.connectWifi({ SSID: 'pub', password: 'x' })).rejects.toMatchObject({ errCode: 12008 })
    await expect(wx.connectWifi({ password: 'x' })).rejects.toMatchObject({ errno: 1001 })
    await expect(wx.connectWifi({ SSID: 'cafe', password: '12345678' })).resolves.toEqual({ errMsg: 'connectWifi:ok' })
    await expect(wx.getConnectedWifi()).resolves.toMatchObject({ wifi: { SSID: 'cafe', BSSID: '02:00:00:00:00:02', frequency: 2437 } })
    expect(connected.mock.calls[0][0].wifi.SSID).toBe('cafe')
    expect(partly.mock.calls).toEqual([[{ wifi: { SSID: 'cafe' } }]])
    device.set({ wifi: { enabled: false } })
    await expect(wx.getWifiList()).rejects.toMatchObject({ errCode: 12005 })
    device.set({ wifi: { enabled: true, connected: '' } })
    await expect(wx.getConnectedWifi()).rejects.toMatchObject({ errCode: 12010 })
    await expect(wx.stopWifi()).resolves.toEqual({ errMsg: 'stopWifi:ok' })
    for (const event of ['GetWifiList', 'WifiConnected', 'WifiConnectedWithPartialInfo']) wx['off' + event]()
  })

  test('getLocalIPAddress needs a network', async () => {
    await expect(wx.getLocalIPAddress()).resolves.toEqual({ errMsg: 'getLocalIPAddress:ok', localip: '192.168.1.100', netmask: '255.255.255.0' })
    device.set({ network: 'none' })
    await expect(wx.getLocalIPAddress()).rejects.toMatchObject({ errMsg: 'getLocalIPAddress:fail network is not available' })
    device.set({ network: 'wifi' })
  })
})
