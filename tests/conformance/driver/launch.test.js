// Rests on: the automation library's launch and connect (developers.weixin.qq.com, devtools/auto).
const library = require('miniprogram-automator');

describe('launch', () => {
  afterEach(() => device.reset());

  test('the library is the global automator', () => {
    expect(library).toBe(automator);
  });

  test('gives an app whose first page is ready', async () => {
    const app = await automator.launch({ projectPath: 'fixtures/apps/notes/1.0.0' });
    const page = await app.currentPage();
    expect(page.path).toBe('pages/list/list');
    expect(app.launchInfo.appId).toBe('wx5e1f0c0de0000001');
    expect(device.timeline('page.ready')).toEqual([expect.objectContaining({ path: 'pages/list/list', launch: 1, user: 'user' })]);
  });

  test('opens a page with its query and scene', async () => {
    const app = await automator.launch({ projectPath: 'fixtures/apps/notes/1.0.0', page: 'pages/edit/edit?id=3', query: { from: 'share' }, scene: 1044 });
    const page = await app.currentPage();
    expect([page.path, page.query]).toEqual(['pages/edit/edit', { id: '3', from: 'share' }]);
    expect((await app.callWxMethod('getLaunchOptionsSync')).scene).toBe(1044);
  });

  test('takes the files of an app', async () => {
    const files = { 'app.json': { pages: ['p/p'] }, 'app.js': 'App({ globalData: { n: 1 } })', 'p/p.js': 'Page({})' };
    const app = await automator.launch({ app: { appId: 'wxinline', files } });
    expect(await app.evaluate(() => getApp().globalData.n)).toBe(1);
    expect(app.launchInfo.appId).toBe('wxinline');
  });

  test('merges projectConfig into the project file', async () => {
    const app = await automator.launch({ projectPath: 'fixtures/apps/notes/1.0.0', projectConfig: { appid: 'wxother' } });
    expect(app.launchInfo.appId).toBe('wxother');
  });

  test('ignores what is about the tools of the vendor', async () => {
    await automator.launch({ projectPath: 'fixtures/apps/notes/1.0.0', cliPath: '/nowhere/cli', port: 9420, timeout: 30000, trustProject: true });
  });

  test.each([
    [{}, 'launch needs projectPath'],
    [{ projectPath: 'no/such/folder' }, 'project path no/such/folder does not exist'],
    [{ projectPath: './' }, 'is not fit to run'],
    [{ projectPath: 'fixtures/apps/notes/1.0.0', colour: 1 }, 'launch has no option colour'],
    [{ projectPath: 'fixtures/apps/notes/1.0.0', settle: -1 }, 'settle is a number'],
    [{ app: 'wx0000' }, 'the app could not be opened'],
    [{ app: 'not an id!' }, 'app id'],
    [{ projectPath: 'fixtures/apps/broken/endless-native' , app: 'x' }, 'launch needs projectPath'],
  ])('refuses %j', async (options, words) => {
    await expect(automator.launch(options)).rejects.toThrow(words);
  });

  test('one app runs once for a user', async () => {
    const options = { projectPath: 'fixtures/apps/notes/1.0.0' };
    await automator.launch(options);
    await expect(automator.launch(options)).rejects.toThrow('runs already');
    const other = await automator.launch({ ...options, user: 'ann' });
    expect(other.launchInfo.user).toBe('ann');
  });

  test('an app that fails at its start still opens its first page, and tells of it', async () => {
    const app = await automator.launch({ projectPath: 'fixtures/apps/broken/throws-in-onlaunch' });
    expect(device.timeline('error').length).toBeGreaterThan(0);
    expect((await app.currentPage()).path).toMatch(/^pages/);
  });
});

describe('connect', () => {
  afterEach(() => device.reset());

  test('finds the app that was launched last', async () => {
    const launched = await automator.launch({ projectPath: 'fixtures/apps/notes/1.0.0' });
    expect(await automator.connect({ wsEndpoint: 'ws://localhost:9420' })).toBe(launched);
  });

  test('fails where nothing runs', async () => {
    await expect(automator.connect({ wsEndpoint: 'ws://localhost:9420' })).rejects.toThrow('Failed connecting to ws://localhost:9420');
  });
});
