// Types of what a test drives apps with: `automator`, as in miniprogram-automator, and `device`.

/** Milliseconds, or a text such as '300ms', '10s', '30m', '2h', '10d'. */
type Span = number | string;

/** The files of an app, by path: text, or JSON. */
interface AppFiles {
  appId?: string;
  files: Record<string, string | object>;
}

interface LaunchOptions {
  /** The folder of a development version; from the working folder, or with a dot from the test file's. */
  projectPath?: string;
  /** Merged into project.config.json. */
  projectConfig?: object;
  /** The id of an app that was published, or the files of one. */
  app?: string | AppFiles;
  /** Storage, files and gray releases go by it; 'user' by default. */
  user?: string;
  /** Page path, with a query. */
  page?: string;
  query?: Record<string, unknown>;
  scene?: number;
  /** How long a route waits before it gives the page, in virtual time; 3000 by default, as in the platform's library. */
  settle?: number;
  cliPath?: string;
  port?: number;
  timeout?: number;
  args?: string[];
  cwd?: string;
  account?: string;
  ticket?: string;
  trustProject?: boolean;
}

interface ConnectOptions extends LaunchOptions {
  wsEndpoint?: string;
}

interface RestartInfo {
  from: string;
  to: string;
  /** A release that failed at its start gave way to the last good one. */
  rollback: boolean;
}

interface ConsoleMessage {
  type: 'log' | 'info' | 'warn' | 'error' | 'debug';
  args: any[];
}

interface MiniProgram {
  readonly launchInfo: { app: number; appId: string; user: string };
  readonly restarts: RestartInfo[];
  pageStack(): Promise<AutomatorPage[]>;
  currentPage(): Promise<AutomatorPage>;
  navigateTo(url: string): Promise<AutomatorPage>;
  redirectTo(url: string): Promise<AutomatorPage>;
  reLaunch(url: string): Promise<AutomatorPage>;
  switchTab(url: string): Promise<AutomatorPage>;
  navigateBack(): Promise<AutomatorPage>;
  systemInfo(): Promise<any>;
  pageScrollTo(scrollTop: number): Promise<void>;
  callWxMethod(method: string, ...args: any[]): Promise<any>;
  callPluginWxMethod(pluginId: string, method: string, ...args: any[]): Promise<any>;
  mockWxMethod(method: string, result: any, ...args: any[]): Promise<void>;
  mockPluginWxMethod(pluginId: string, method: string, result: any, ...args: any[]): Promise<void>;
  restoreWxMethod(method: string): Promise<void>;
  restorePluginWxMethod(pluginId: string, method: string): Promise<void>;
  /** Runs a function in the app; it sees the app's globals and its arguments, nothing of the test. */
  evaluate<A extends any[], R>(fn: ((...args: A) => R) | string, ...args: A): Promise<Awaited<R>>;
  exposeFunction(name: string, f: (...args: any[]) => void): Promise<void>;
  on(event: 'console', f: (message: ConsoleMessage) => void): this;
  on(event: 'exception', f: (error: { message: string; stack: string }) => void): this;
  on(event: 'restart', f: (restart: RestartInfo) => void): this;
  once(event: string, f: (...args: any[]) => void): this;
  off(event: string, f: (...args: any[]) => void): this;
  removeAllListeners(event?: string): this;
  /** The next restart that was not waited for yet, when the first page is ready again. */
  waitForRestart(options?: { timeout?: number }): Promise<RestartInfo>;
  native(): Record<'confirmModal' | 'cancelModal' | 'goHome' | 'navigateLeft' | 'authorizeAllow' | 'authorizeCancel' | 'closePaymentDialog' | 'shareConfirm' | 'shareCancel', () => Promise<void>> & { switchTab(tab: { url: string }): Promise<void> };
  background(): Promise<void>;
  foreground(options?: { page?: string; scene?: number }): Promise<void>;
  testAccounts(): Promise<{ nickName: string; openid: string }[]>;
  checkVersion(): Promise<void>;
  screenshot(): Promise<never>;
  /** A method of the automation protocol by its name. */
  send(method: string, params?: object): Promise<any>;
  disconnect(): void;
  close(): Promise<void>;
}

interface AutomatorPage {
  readonly id: number;
  readonly path: string;
  readonly query: Record<string, string>;
  $(selector: string): Promise<AutomatorElement | null>;
  $$(selector: string): Promise<AutomatorElement[]>;
  /** Milliseconds of virtual time, a selector that is to match, or a condition. */
  waitFor(condition: number | string | (() => boolean | Promise<boolean>)): Promise<void>;
  data(path?: string): Promise<any>;
  setData(data: object): Promise<void>;
  callMethod(method: string, ...args: any[]): Promise<any>;
  size(): Promise<{ width: number; height: number }>;
  scrollTop(): Promise<number>;
}

interface Touches {
  touches?: object[];
  changedTouches?: object[];
}

/** What an element can do depends on its tag; the methods of others are not there. */
interface AutomatorElement {
  readonly id: string;
  readonly tagName: string;
  $(selector: string): Promise<AutomatorElement | null>;
  $$(selector: string): Promise<AutomatorElement[]>;
  size(): Promise<{ width: number; height: number }>;
  offset(): Promise<{ left: number; top: number }>;
  text(): Promise<string>;
  attribute(name: string): Promise<string | null>;
  property(name: string): Promise<any>;
  style(name: string): Promise<string>;
  value(): Promise<any>;
  wxml(): Promise<string>;
  outerWxml(): Promise<string>;
  tap(): Promise<void>;
  longpress(): Promise<void>;
  touchstart(touches?: Touches): Promise<void>;
  touchmove(touches?: Touches): Promise<void>;
  touchend(touches?: Touches): Promise<void>;
  touchcancel(touches?: Touches): Promise<void>;
  trigger(type: string, detail?: any): Promise<void>;
  dispatchEvent(eventName: string, eventData?: object): Promise<void>;
  callFunction(functionName: string, ...args: any[]): Promise<any>;
  /** Of a custom component. */
  data(path?: string): Promise<any>;
  setData(data: object): Promise<void>;
  callMethod(method: string, ...args: any[]): Promise<any>;
  /** Of input and textarea. */
  input(value: string): Promise<void>;
  /** Of scroll-view. */
  scrollTo(x: number, y: number): Promise<void>;
  scrollWidth(): Promise<number>;
  scrollHeight(): Promise<number>;
  /** Of swiper. */
  swipeTo(index: number): Promise<void>;
  /** Of movable-view. */
  moveTo(x: number, y: number): Promise<void>;
  /** Of slider. */
  slideTo(value: number): Promise<void>;
  /** Of video. */
  callContextMethod(method: string, ...args: any[]): Promise<any>;
}

interface Automator {
  launch(options: LaunchOptions): Promise<MiniProgram>;
  connect(options?: ConnectOptions): Promise<MiniProgram>;
}

/** An entry of the timeline, with the launch that it is of. */
interface TimelineEntry {
  at: number;
  kind: string;
  launch: number;
  user: string;
  time: number;
  [property: string]: any;
}

type TimelineFilter = string | string[] | RegExp | ((entry: TimelineEntry) => boolean) | { [property: string]: unknown };

interface Thresholds {
  longUnused?: Span;
  periodicCheck?: Span;
  minCheckInterval?: Span;
  syncBudget?: Span;
  hotCheck?: boolean;
  minVersion?: string;
  preferLocal?: string;
}

interface PublishOptions extends Thresholds {
  version: string;
  appId?: string;
  notes?: string;
  mode?: 'default' | 'async' | 'sync';
  /** The release is its own minimum version. */
  forced?: boolean;
  /** The share of the users, in percent. */
  rollout?: number;
  baseLibrary?: string;
  broken?: 'throws' | 'corrupt';
}

interface PublishedRelease {
  appId: string;
  version: string;
  id: number;
  rollout: number;
  bytes: number;
}

type DialogAnswer = 'confirm' | 'cancel' | boolean | number | { text: string } | { index: number } | { confirm: boolean; content?: string } | { cancel: boolean } | { tapIndex: number };
type DialogHabit = DialogAnswer | null | ((dialog: any, miniProgram?: MiniProgram) => Awaitable<DialogAnswer | void>);
type ScopeAnswer = 'allow' | 'deny' | 'granted' | 'denied';

interface FaultOptions {
  /** A part of the address. */
  path?: string;
  update?: 'check' | 'download';
  times?: number | 'always';
  fault?: 'unreachable' | 'stall' | 'reset' | 'cut' | 'corrupt' | 'captive-portal';
  status?: number;
  /** The byte at which it is met. */
  at?: number;
}

/** A node of the page that is shown. */
interface ShownElement {
  readonly tag: string;
  readonly text: string;
  readonly wxml: string;
  /** Of a component: its data, and its instance. */
  readonly data: any;
  readonly component: any;
  attribute(name: string): any;
  property(name: string): any;
  tap(): void;
  longpress(): void;
  /** One finger, step by step; what comes of it is known when it ends, or has lasted. */
  touchstart(touches?: Touches): void;
  touchmove(touches?: Touches): void;
  touchend(touches?: Touches): void;
  touchcancel(touches?: Touches): void;
  /** What a person does with a built-in component of this kind: `do('input', 'text')`, `do('swipeTo', 1)`. */
  do(name: string, ...args: unknown[]): any;
  trigger(event: string, detail?: unknown): void;
  element(selector: string): ShownElement | undefined;
  elements(selector: string): ShownElement[];
}

interface Device {
  set(words: object): void;
  /** The first node that matches; `>>>` goes into components. Throws with the page's tree where there is none. */
  element(selector: string): ShownElement;
  elements(selector: string): ShownElement[];
  answer(api: string, answer: unknown): void;
  apis(): any[];
  clock: {
    now(): number;
    /** Lets time pass, with everything that is due meanwhile. */
    advance(span: Span): Promise<number>;
  };
  network: {
    set(type: string): void;
    weak(on: boolean): void;
    shape(conditions: string): void;
    offline(): void;
    online(type?: string): void;
    slow(conditions?: { latency?: string; rate?: string; drop?: number }): void;
    fail(fault: FaultOptions): void;
    heal(): void;
  };
  ui: {
    answer(answer: 'confirm' | 'cancel' | { text: string } | { index: number }): void;
    prompt(): any;
    state(): any;
    page(): any;
    onModal(habit?: DialogHabit): void;
    onActionSheet(habit?: DialogHabit): void;
    onAuthorize(answer: ScopeAnswer | Record<string, ScopeAnswer>): void;
  };
  update: {
    check(hasUpdate: boolean, version?: string, forced?: boolean): void;
    ready(version: string, forced?: boolean): void;
    failed(version?: string): void;
  };
  release: {
    publish(app: string | AppFiles, options: PublishOptions): Promise<PublishedRelease>;
    rollout(percent: number, of?: { appId?: string }): Promise<void>;
    revoke(of?: { appId?: string }): Promise<void>;
    rollback(to?: string, of?: { appId?: string }): Promise<void>;
    settings(change: Thresholds, of?: { appId?: string; release?: number }): Promise<void>;
    mode(mode: 'default' | 'async' | 'sync', of?: { appId?: string; release?: number }): Promise<void>;
    whitelist(users: string | string[], of?: { appId?: string }): Promise<void>;
  };
  /** Launches what was published (by its id, or what publish gave), or as `automator.launch`. */
  launch(app: string | PublishedRelease | LaunchOptions, options?: LaunchOptions): Promise<MiniProgram>;
  background(app?: MiniProgram): Promise<void>;
  foreground(app?: MiniProgram | { page?: string; scene?: number }, options?: { page?: string; scene?: number }): Promise<void>;
  /** All processes end as by kill -9; the next launch finds the disk as it is. */
  kill(): Promise<void>;
  /** Switches the device off and on. */
  restart(options?: { silentChecks?: boolean }): Promise<void>;
  /** Another device, without a past; what was published stays. */
  reset(): Promise<void>;
  timeline(...filters: TimelineFilter[]): TimelineEntry[];
  /** The next entry like this that was not waited for yet. */
  until(kind: string, like?: object, options?: { timeout?: number }): Promise<TimelineEntry>;
}

declare const automator: Automator;
declare const device: Device;

declare module 'miniprogram-automator' {
  const automator: Automator;
  export = automator;
}
