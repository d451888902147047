// Types of what a test file finds under `minirun test`, for editors. `minirun init` writes this file.
// Those of `wx`, `getCurrentPages` and the like are in the npm package miniprogram-api-typings.

/** A promise, or its value at once. */
type Awaitable<T> = T | Promise<T>;

/** The body of a test or a hook: plain, async, or with a callback that has to be called. */
type TestBody = (() => Awaitable<unknown>) | ((done: DoneCallback) => void);

interface DoneCallback {
  (error?: unknown): void;
  fail(error?: unknown): void;
}

interface TestOptions {
  /** Milliseconds of the world's time, which is virtual. */
  timeout?: number;
  /** How often the test is tried again after it failed. */
  retry?: number;
}

/** Declares one for each row: `test.each([[1, 2]])('%i and %i', (a, b) => {})`, or with a tagged template. */
interface Each {
  <T extends readonly unknown[]>(rows: readonly T[]): (name: string, run: (...row: [...T]) => Awaitable<unknown>, options?: number | TestOptions) => void;
  <T>(rows: readonly T[]): (name: string, run: (row: T) => Awaitable<unknown>, options?: number | TestOptions) => void;
  (heads: TemplateStringsArray, ...values: unknown[]): (name: string, run: (row: any) => Awaitable<unknown>, options?: number | TestOptions) => void;
}

interface TestFunction {
  (name: string, run: TestBody, options?: number | TestOptions): void;
  (name: string, options: TestOptions, run: TestBody): void;
  each: Each;
  /** Only those that are marked so are run. */
  readonly only: TestFunction;
  /** It is not run. */
  readonly skip: TestFunction;
  /** It has to fail. */
  readonly failing: TestFunction;
  /** As the plain form: the tests of a file share one app, and run one after the other. */
  readonly concurrent: TestFunction;
  /** One that is to be written. */
  todo(name: string): void;
  skipIf(condition: unknown): TestFunction;
  runIf(condition: unknown): TestFunction;
}

interface DescribeFunction {
  (name: string, declare: () => void): void;
  each: Each;
  readonly only: DescribeFunction;
  readonly skip: DescribeFunction;
  skipIf(condition: unknown): DescribeFunction;
  runIf(condition: unknown): DescribeFunction;
}

declare const describe: DescribeFunction;
declare const test: TestFunction;
declare const it: TestFunction;
declare const xtest: TestFunction;
declare const xit: TestFunction;
declare const fit: TestFunction;
declare const xdescribe: DescribeFunction;
declare const fdescribe: DescribeFunction;
declare function beforeAll(run: TestBody, timeout?: number): void;
declare function afterAll(run: TestBody, timeout?: number): void;
declare function beforeEach(run: TestBody, timeout?: number): void;
declare function afterEach(run: TestBody, timeout?: number): void;

/** What is expected of a value. `R` is what a matcher gives: nothing, or a promise after `resolves` and `rejects`. */
interface Matchers<R> extends jest.Matchers<R> {
  readonly not: Matchers<R>;
  /** The same value, by Object.is. */
  toBe(expected: unknown): R;
  /** Equal in content; undefined properties and classes do not count. */
  toEqual(expected: unknown): R;
  /** Equal in content, with undefined properties, holes and classes. */
  toStrictEqual(expected: unknown): R;
  /** Has at least these properties. */
  toMatchObject(expected: object): R;
  toContain(item: unknown): R;
  toContainEqual(item: unknown): R;
  toHaveLength(length: number): R;
  toHaveProperty(path: string | readonly (string | number)[], value?: unknown): R;
  toBeTruthy(): R;
  toBeFalsy(): R;
  toBeNull(): R;
  toBeUndefined(): R;
  toBeDefined(): R;
  toBeNaN(): R;
  toBeGreaterThan(number: number | bigint): R;
  toBeGreaterThanOrEqual(number: number | bigint): R;
  toBeLessThan(number: number | bigint): R;
  toBeLessThanOrEqual(number: number | bigint): R;
  toBeCloseTo(number: number, digits?: number): R;
  toBeInstanceOf(constructor: Function): R;
  toBeTypeOf(type: 'bigint' | 'boolean' | 'function' | 'number' | 'object' | 'string' | 'symbol' | 'undefined'): R;
  toBeOneOf(values: Iterable<unknown>): R;
  toSatisfy(test: (value: any) => boolean): R;
  toMatch(pattern: string | RegExp): R;
  toThrow(expected?: string | RegExp | Function | object): R;
  toThrowError(expected?: string | RegExp | Function | object): R;
  toHaveBeenCalled(): R;
  toHaveBeenCalledTimes(times: number): R;
  toHaveBeenCalledWith(...args: unknown[]): R;
  toHaveBeenCalledExactlyOnceWith(...args: unknown[]): R;
  toHaveBeenLastCalledWith(...args: unknown[]): R;
  toHaveBeenNthCalledWith(call: number, ...args: unknown[]): R;
  toHaveReturned(): R;
  toHaveReturnedTimes(times: number): R;
  toHaveReturnedWith(value: unknown): R;
  toHaveLastReturnedWith(value: unknown): R;
  toHaveNthReturnedWith(call: number, value: unknown): R;
  /** As stored in `__snapshots__`; stored when it is new, but not where the variable CI is set. */
  toMatchSnapshot(hint?: string): R;
  toMatchSnapshot(properties: object, hint?: string): R;
  /** As stored in the test itself, where it is written when it is new. */
  toMatchInlineSnapshot(snapshot?: string): R;
  toMatchInlineSnapshot(properties: object, snapshot?: string): R;
  toThrowErrorMatchingSnapshot(hint?: string): R;
  toThrowErrorMatchingInlineSnapshot(snapshot?: string): R;
}

interface Expectation extends Matchers<void> {
  /** What the promise is fulfilled with. */
  readonly resolves: Matchers<Promise<void>>;
  /** What the promise is rejected with. */
  readonly rejects: Matchers<Promise<void>>;
}

interface AsymmetricMatchers extends jest.AsymmetricMatchers {
  objectContaining(properties: object): any;
  arrayContaining(items: readonly unknown[]): any;
  arrayOf(item: unknown): any;
  stringContaining(text: string): any;
  stringMatching(pattern: string | RegExp): any;
  closeTo(number: number, digits?: number): any;
}

interface MatcherContext {
  isNot: boolean;
  promise: '' | 'resolves' | 'rejects';
  equals(a: unknown, b: unknown): boolean;
  currentTestName: string;
  testPath: string;
  utils: {
    stringify(value: unknown): string;
    printExpected(value: unknown): string;
    printReceived(value: unknown): string;
    matcherHint(name: string, received?: string, expected?: string, options?: object): string;
    diff(a: unknown, b: unknown): string;
  };
}

interface MatcherResult {
  pass: boolean;
  message(): string;
}

interface Expect extends AsymmetricMatchers {
  (value: unknown): Expectation;
  readonly not: AsymmetricMatchers;
  any(constructor: Function): any;
  anything(): any;
  /** Adds matchers of one's own; `interface Matchers<R>` can be merged with their types. */
  extend(matchers: Record<string, (this: MatcherContext, received: any, ...args: any[]) => Awaitable<MatcherResult>>): void;
  assertions(count: number): void;
  hasAssertions(): void;
  unreachable(message?: string): never;
  addEqualityTesters(testers: readonly ((a: any, b: any) => boolean | undefined)[]): void;
  addSnapshotSerializer(serializer: object): void;
}

declare const expect: Expect;

type MockResult<R> = { type: 'return'; value: R } | { type: 'throw'; value: unknown } | { type: 'incomplete'; value: undefined };

interface Mock<A extends any[] = any[], R = any> {
  (...args: A): R;
  new (...args: A): any;
  mock: {
    calls: A[];
    lastCall: A | undefined;
    results: MockResult<R>[];
    instances: any[];
    contexts: any[];
    invocationCallOrder: number[];
  };
  getMockName(): string;
  getMockImplementation(): ((...args: A) => R) | undefined;
  mockName(name: string): this;
  mockClear(): this;
  mockReset(): this;
  mockRestore(): void;
  mockImplementation(run: (...args: A) => R): this;
  mockImplementationOnce(run: (...args: A) => R): this;
  withImplementation(run: (...args: A) => R, around: () => Awaitable<unknown>): Awaitable<void>;
  mockReturnThis(): this;
  mockReturnValue(value: R): this;
  mockReturnValueOnce(value: R): this;
  mockResolvedValue(value: Awaited<R>): this;
  mockResolvedValueOnce(value: Awaited<R>): this;
  mockRejectedValue(error: unknown): this;
  mockRejectedValueOnce(error: unknown): this;
}

declare function fn<A extends any[], R>(run?: (...args: A) => R): Mock<A, R>;
declare function spyOn(object: any, name: string | symbol, access?: 'get' | 'set'): Mock;

/** As suites in TypeScript name them; `declare namespace jest { interface Matchers<R> { toBeEven(): R } }` adds one of one's own. */
declare namespace jest {
  interface Matchers<R> {}
  interface AsymmetricMatchers {}
  type Mock<R = any, A extends any[] = any[]> = globalThis.Mock<A, R>;
  type SpyInstance<R = any, A extends any[] = any[]> = globalThis.Mock<A, R>;
  type MockedFunction<F extends (...args: any[]) => any> = F & globalThis.Mock<Parameters<F>, ReturnType<F>>;
}

/** What suites written for Jest find. */
interface Jest {
  fn: typeof fn;
  spyOn: typeof spyOn;
  replaceProperty(object: any, name: string | symbol, value: unknown): { replaceValue(value: unknown): any; restore(): void };
  /** A module that nothing has loaded yet is what the factory gives, or has mock functions in place of its own. */
  mock(path: string, factory?: () => unknown): this;
  doMock(path: string, factory?: () => unknown): this;
  requireActual(path: string): any;
  isMockFunction(value: unknown): boolean;
  mocked<T>(value: T): T;
  clearAllMocks(): this;
  resetAllMocks(): this;
  restoreAllMocks(): this;
  /** For each test after it, in milliseconds. */
  setTimeout(ms: number): this;
  /** For each test after it. */
  retryTimes(times: number): this;
  /** Timers and Date move only when they are told to. Without it the world's time jumps over every wait. */
  useFakeTimers(options?: { now?: number | Date }): this;
  useRealTimers(): this;
  advanceTimersByTime(ms: number): this;
  advanceTimersByTimeAsync(ms: number): Promise<this>;
  advanceTimersToNextTimer(steps?: number): this;
  advanceTimersToNextTimerAsync(steps?: number): Promise<this>;
  runAllTimers(): this;
  runAllTimersAsync(): Promise<this>;
  runOnlyPendingTimers(): this;
  runOnlyPendingTimersAsync(): Promise<this>;
  clearAllTimers(): void;
  getTimerCount(): number;
  setSystemTime(time?: number | Date): void;
  getRealSystemTime(): number;
  now(): number;
}

declare const jest: Jest;
declare const vi: Jest;
