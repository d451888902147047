// wx.createBLEPeripheralServer: the servers, and what whoever connects to them does.
(function (M) {
  'use strict';
  M.lazy('objects');
  const servers = new Map(), EVENTS = ['CharacteristicReadRequest', 'CharacteristicWriteRequest', 'CharacteristicSubscribed', 'CharacteristicUnsubscribed'];
  M.asked('createBLEPeripheralServer', (res, opts, done) => {
    const { serverId, ...rest } = res, own = {};
    for (const name of ['addService', 'removeService', 'startAdvertising', 'stopAdvertising', 'writeCharacteristicValue']) own[name] = M.hosted('BLEPeripheralServer', serverId, name);
    own.close = M.hosted('BLEPeripheralServer', serverId, 'close', () => servers.delete(serverId));
    const hand = M.handOut('BLEPeripheralServer', '', own, EVENTS, true);
    servers.set(serverId, hand);
    hand.self.serverId = serverId;
    done({ ...rest, server: hand.self }, true);
  });
  M.on('bleCentral', ({ event, ...told }) => {
    if (event === 'connectionState') return M.fire('bLEPeripheralConnectionStateChanged', told);
    for (const hand of servers.values()) hand.tell(M.cap(event), told);
  });
})
