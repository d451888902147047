// What `minirun init` writes for editors, held by the TypeScript compiler: each line must compile, and each line
// below an @ts-expect-error must not.
/// <reference path="../../types/minirun.d.ts" />
/// <reference path="../../types/driver.d.ts" />
/// <reference path="../../types/driver.d.ts" />

describe('a group', () => {
  beforeEach(async () => {});
  afterAll((done) => done(), 1000);
  test('plain', () => {
    expect(1).toBe(1);
    expect({ a: 1 }).not.toMatchObject({ a: expect.any(Number), b: expect.not.stringContaining('x') });
  });
  test('async', async () => {
    await expect(Promise.resolve(1)).resolves.toEqual(1);
    await expect(Promise.reject(new Error('x'))).rejects.not.toThrow(/y/);
  });
  test('done', (done) => { done.fail(); });
  test('options', { retry: 2, timeout: 10 }, () => {});
  test('limit', () => {}, 5000);
  test.each([[1, 'a'], [2, 'b']] as const)('%i %s', (n, s) => { n.toFixed(); s.trim(); });
  test.each([{ n: 1 }])('$n', ({ n }) => { n.toFixed(); });
  test.each`a | b
    ${1} | ${2}`('$a', ({ a }) => { a; });
  test.only('only', () => {});
  test.skip.each([1, 2])('skipped %i', (n) => { n.toFixed(); });
  test.failing('fails', () => {});
  test.todo('later');
  describe.each([['x']])('%s', (x) => { x.trim(); });
});

const double = jest.fn((n: number) => n * 2).mockReturnValueOnce(3).mockName('double');
const calls: [number][] = double.mock.calls;
double(calls.length).toFixed();
jest.fn(async () => 'x').mockResolvedValueOnce('y');
spyOn({ f() {} }, 'f').mockImplementation(() => {});
jest.useFakeTimers({ now: 0 }).advanceTimersByTime(10);
expect({}).toMatchSnapshot({ at: expect.any(Date) }, 'hint');
expect(() => {}).toThrowErrorMatchingInlineSnapshot(`"x"`);
expect.extend({ toBeEven(n: number) { return { pass: this.equals(n % 2, 0), message: () => `${n}` }; } });

declare namespace jest {
  interface Matchers<R> { toBeEven(): R }
  interface AsymmetricMatchers { toBeEven(): any }
}
expect(2).not.toBeEven();
expect([2]).toEqual([expect.toBeEven()]);
const save: jest.Mock<void, [string]> = jest.fn((id: string) => { id.trim(); });
save('1');
jest.mock('./api', () => ({ load: jest.fn() })).mock('./other');

// @ts-expect-error a matcher that is not there
expect(1).toBeOne();
// @ts-expect-error a number, not a text
expect(1).toBeGreaterThan('2');
// @ts-expect-error todo takes no function
test.todo('later', () => {});
// @ts-expect-error the mock takes a number
double('x');

test('driving', async () => {
  const made = await device.release.publish('apps/x', { version: '1.0.0', mode: 'sync', longUnused: '5d' });
  const app = await device.launch(made, { user: 'ann' });
  const sum: number = await app.evaluate((a, b) => a + b, 1, 2);
  const page = await app.navigateTo('/pages/x/x?a=' + sum);
  await (await page.$('.row'))?.tap();
  app.on('console', (message) => { message.args.length.toFixed(); });
  device.ui.onModal(async (modal) => (modal.title ? 'confirm' : { text: 'typed' }));
  device.network.fail({ update: 'download', times: 'always', status: 503 });
  await device.clock.advance('10d');
  device.timeline('update.', { user: 'ann' }, /check/).map((entry) => entry.kind.length);
  (await app.waitForRestart({ timeout: 1000 })).to.trim();
  await automator.launch({ projectPath: '.', cliPath: '/cli', port: 9420 });
  // @ts-expect-error a version is needed
  await device.release.publish('apps/x', {});
  // @ts-expect-error no such fault
  device.network.fail({ path: '/x', fault: 'gremlins' });
  // @ts-expect-error no such answer
  device.ui.onModal('maybe');
});
