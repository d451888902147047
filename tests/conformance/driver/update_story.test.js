// Rests on: the update mechanism of the platform (UpdateManager; framework/runtime/update-mechanism), told as a test.
const v1 = 'fixtures/apps/notes/1.0.0', v2 = 'fixtures/apps/notes/1.1.0';
const versionOf = (app) => app.evaluate(() => getApp().globalData.version);

describe('an update of the notes app', () => {
  let notes;
  beforeEach(async () => {
    await device.reset();
    notes = `wxstory${device.clock.now()}`;
    await device.release.publish(v1, { version: '1.0.0', appId: notes });
    await device.launch(notes).then((app) => app.close());
    await device.clock.advance('1m');
  });

  test('is asked for, confirmed, and the app comes back on it with its storage', async () => {
    await device.release.publish(v2, { version: '1.1.0', appId: notes });
    const app = await device.launch(notes);
    expect(await versionOf(app)).toBe('1.0.0');
    await app.evaluate(() => wx.setStorageSync('kept', 'yes'));
    device.ui.onModal((modal) => {
      expect(modal.title).toBe('Update ready');
      return 'confirm';
    });
    expect(await app.waitForRestart()).toEqual({ from: '1.0.0', to: '1.1.0', rollback: false });
    expect(await versionOf(app)).toBe('1.1.0');
    expect(await app.evaluate(() => wx.getStorageSync('kept'))).toBe('yes');
    expect(device.timeline('update.').map((e) => e.kind)).toContain('update.apply');
  });

  test('that is put off is used at the next start', async () => {
    await device.release.publish(v2, { version: '1.1.0', appId: notes });
    device.ui.onModal('cancel');
    const app = await device.launch(notes);
    await device.until('modal.answer');
    expect(app.restarts).toEqual([]);
    await app.close();
    expect(await versionOf(await device.launch(notes))).toBe('1.1.0');
  });

  test('whose download fails leaves the app as it is, and says so', async () => {
    await device.release.publish(v2, { version: '1.1.0', appId: notes });
    device.network.fail({ update: 'download', times: 'always' });
    const app = await device.launch(notes);
    const failed = await device.until('update.failed');
    expect(failed.version).toBe('1.1.0');
    await app.native().confirmModal();
    expect(device.timeline('modal.show').map((e) => e.title)).toEqual(['Update failed']);
    expect(await versionOf(app)).toBe('1.0.0');
  });

  test('that arrives damaged is refused', async () => {
    await device.release.publish(v2, { version: '1.1.0', appId: notes, broken: 'corrupt' });
    await device.launch(notes);
    expect((await device.until('update.failed')).reason).toMatch(/digest|damaged|decompress|corrupt|frame/i);
  });

  test('is not looked for offline, and found when the network is back', async () => {
    await device.release.publish(v2, { version: '1.1.0', appId: notes });
    device.network.offline();
    const app = await device.launch(notes);
    await device.until('update.check.failed');
    expect(await app.callWxMethod('getNetworkType')).toMatchObject({ networkType: 'none' });
    await app.close();
    device.network.online();
    await device.launch(notes);
    expect(await device.until('update.ready')).toMatchObject({ version: '1.1.0' });
  });

  test('takes its time on a slow network', async () => {
    await device.release.publish(v2, { version: '1.1.0', appId: notes });
    device.network.slow({ latency: '2s', rate: '1KB/s' });
    const from = device.clock.now();
    await device.launch(notes);
    const ready = await device.until('update.ready');
    expect(ready.time - from).toBeGreaterThan(5000);
  });

  test('below the minimum version the app does not go on without it', async () => {
    await device.release.publish(v2, { version: '1.1.0', appId: notes, forced: true });
    device.ui.onModal('confirm');
    const app = await device.launch(notes);
    if ((await versionOf(app)) === '1.0.0') await app.waitForRestart();
    expect(await versionOf(app)).toBe('1.1.0');
  });

  test('after 10 days away the start waits for it', async () => {
    await device.release.publish(v2, { version: '1.1.0', appId: notes });
    await device.clock.advance('10d');
    const app = await device.launch(notes);
    expect(await versionOf(app)).toBe('1.1.0');
    expect(app.restarts).toEqual([]);
    expect(device.timeline('boot').pop().reason).toMatch(/long/);
  });

  test('in a gray release reaches one user and not the other', async () => {
    await device.release.publish(v2, { version: '1.1.0', appId: notes, rollout: 0 });
    await device.release.whitelist('ann', { appId: notes });
    device.ui.onModal('cancel');
    for (const user of ['ann', 'bob']) await device.launch(notes, { user }).then((app) => app.close());
    const ann = await device.launch(notes, { user: 'ann' });
    const bob = await device.launch(notes, { user: 'bob' });
    expect([await versionOf(ann), await versionOf(bob)]).toEqual(['1.1.0', '1.0.0']);
    await device.release.rollout(100, { appId: notes });
    await bob.close();
    await device.launch(notes, { user: 'bob' });
    expect(await device.until('update.ready', { user: 'bob' })).toMatchObject({ version: '1.1.0' });
  });

  test('that breaks at its start gives way to the last good one', async () => {
    await device.release.publish(v2, { version: '1.1.0', appId: notes, broken: 'throws' });
    device.ui.onModal('confirm');
    const app = await device.launch(notes);
    expect(await app.waitForRestart()).toMatchObject({ to: '1.1.0', rollback: false });
    expect(await app.waitForRestart()).toMatchObject({ to: '1.0.0', rollback: true });
    expect(await versionOf(app)).toBe('1.0.0');
  });

  test('that is rolled back by its publisher goes away', async () => {
    await device.release.publish(v2, { version: '1.1.0', appId: notes });
    device.ui.onModal('confirm');
    const app = await device.launch(notes);
    await app.waitForRestart();
    await device.release.rollback(undefined, { appId: notes });
    await app.close();
    device.ui.onModal('cancel');
    await device.launch(notes).then(async (again) => { await device.until('update.ready', { version: '1.0.0' }); await again.close() });
    expect(await versionOf(await device.launch(notes))).toBe('1.0.0');
  });

  test('survives a kill in the middle of the download', async () => {
    await device.release.publish(v2, { version: '1.1.0', appId: notes });
    device.network.slow({ rate: '100B/s' });
    const app = await device.launch(notes);
    await device.until('update.check');
    await device.clock.advance('2s');
    expect(device.timeline('update.ready')).toEqual([]);
    await device.kill();
    await expect(app.currentPage()).rejects.toThrow(/killed|not running/);
    device.network.online();
    const again = await device.launch(notes);
    expect(await versionOf(again)).toBe('1.0.0');
    expect(await device.until('update.ready', { launch: again.launchInfo.app })).toMatchObject({ version: '1.1.0' });
  });

  test('that is ready when the app is killed is used at the next start', async () => {
    await device.release.publish(v2, { version: '1.1.0', appId: notes });
    await device.launch(notes);
    await device.until('update.ready');
    await device.kill();
    expect(await versionOf(await device.launch(notes))).toBe('1.1.0');
  });
});
