// Rests on: the vendor's wx.onNetworkStatusChange and wx.onNetworkWeakChange pages, and its network guide.
const url = testServer.url;
const turn = () => new Promise(done => setTimeout(done, 0));
const get = path => new Promise((success, fail) => wx.request({ url: url + path, success, fail }));

describe('wx.onNetworkStatusChange', () => {
  afterEach(() => { device.network.set('wifi'); device.network.weak(false); device.network.shape('online'); });

  test('tells of every change of the connection', async () => {
    const heard = [], on = res => heard.push(res);
    wx.onNetworkStatusChange(on);
    for (const type of ['4g', '4g', 'none', 'wifi']) device.network.set(type);
    await turn();
    wx.offNetworkStatusChange(on);
    expect(heard).toEqual([
      { isConnected: true, networkType: '4g' }, { isConnected: false, networkType: 'none' }, { isConnected: true, networkType: 'wifi' },
    ]);
  });

  test('wx.onNetworkWeakChange tells of a weak network', async () => {
    const heard = [], on = res => heard.push(res);
    wx.onNetworkWeakChange(on);
    device.network.weak(true);
    device.network.weak(true);
    await turn();
    expect(heard).toEqual([{ weakNet: true, networkType: 'wifi' }]);
    expect((await wx.getNetworkType()).weakNet).toBe(true);
    wx.offNetworkWeakChange(on);
    device.network.weak(false);
    await turn();
    expect(heard).toHaveLength(1);
  });

  test('without a network nothing is reached, and what is under way breaks', async () => {
    const pending = get('/never'), task = wx.connectSocket({ url: url.replace('http', 'ws') + '/socket' });
    await new Promise(done => task.onOpen(done));
    const closed = new Promise(done => task.onClose(done));
    device.network.set('none');
    await expect(pending).rejects.toMatchObject({ errMsg: 'request:fail errcode:-21 cronet_error_code:-21 error_msg:net::ERR_NETWORK_CHANGED', errno: 600001 });
    expect(await closed).toEqual({ code: 1006, reason: 'abnormal closure' });
    await expect(get('/echo')).rejects.toMatchObject({ errMsg: 'request:fail errcode:-106 cronet_error_code:-106 error_msg:net::ERR_INTERNET_DISCONNECTED' });
    device.network.set('wifi');
    expect((await get('/text/back')).data).toBe('back');
  });

  test('a slow network takes its time, in the app\'s time', async () => {
    device.network.shape('latency=300ms,rate=10KB/s');
    const began = Date.now();
    await get('/bytes/10240');
    expect(Date.now() - began).toBe(1300);
    const task = wx.connectSocket({ url: url.replace('http', 'ws') + '/socket' });
    await new Promise(done => task.onOpen(done));
    const sent = Date.now(), got = [];
    task.onMessage(() => got.push(Date.now() - sent));
    task.send({ data: 'a' });
    task.send({ data: 'b' });
    task.send({ data: 'close 1000' });
    await new Promise(done => task.onClose(done));
    expect(got.every(ms => ms >= 600 && ms < 700)).toBe(true);
    expect(got).toHaveLength(2);
  });

  test('a network that loses everything', async () => {
    device.network.shape('drop=1');
    await expect(get('/echo')).rejects.toMatchObject({ errMsg: 'request:fail errcode:-101 cronet_error_code:-101 error_msg:net::ERR_CONNECTION_RESET' });
  });

  test('what is no function is not a listener', () => {
    wx.onNetworkStatusChange('x');
    wx.onNetworkWeakChange();
  });
});
