import { readFileSync } from 'node:fs';
import { type Browser, type CDPSession, chromium, type Page, type Route } from '@playwright/test';
import type { BrowserWindowConstructorOptions, BrowserWindow as RealWindow, WebContents } from 'electron';
import { pageHalf, preloadHalf } from './bridge-worlds.ts';
import { Listeners, modelled, type PartOf, preventable, record } from './modelled.ts';
import { toApp, toBrowser } from './page-origin.ts';

const WORLD = 'preload';

/** What the window needs of the rest of the stand-in. */
export interface WindowSurroundings {
  /** The registered protocol's handler. */
  readonly answer: (request: Request) => Promise<Response>;
  /** A message of a preload script; answers how many heard it. */
  readonly receive: (channel: string, event: object, frames: readonly unknown[]) => number;
}

const CONTENTS_ID = 1;

/** Refuses what Electron would let pass: a page with Node in it, or without a world of its own for the preload. */
function judge({ webPreferences }: BrowserWindowConstructorOptions): string {
  const { contextIsolation, sandbox, nodeIntegration, webSecurity, preload } = webPreferences ?? {};
  if (contextIsolation !== true || sandbox !== true || nodeIntegration !== false || webSecurity !== true) {
    throw new TypeError(`the stand-in opens sandboxed, isolated pages only: ${JSON.stringify(webPreferences)}`);
  }
  if (preload === undefined) throw new TypeError('the window has no preload');
  return preload;
}

/** A window whose page is one of the browser's, and whose preload runs in an isolated world there. */
export function openStandinWindow(options: BrowserWindowConstructorOptions, around: WindowSurroundings) {
  const preload = judge(options);
  record('BrowserWindow', 'new', options);
  const onWindow = new Listeners();
  const onContents = new Listeners();
  let openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' });
  let visible = false;
  let isGone = false;
  let address = '';
  let loads = 0;
  let preloadContext: number | undefined;
  let session: CDPSession | undefined;
  let shown: Page | undefined;
  let firstLoaded: (page: Page) => void = () => undefined;
  /** The page, once something was loaded into it. */
  const loaded = new Promise<Page>(resolve => {
    firstLoaded = resolve;
  });
  const ready = openPage();

  async function openPage(): Promise<Page> {
    const browser = await launch();
    const context = await browser.newContext();
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    session = cdp;
    shown = page;
    cdp.on('Runtime.executionContextCreated', ({ context: made }) => {
      if (made.name === WORLD || (process.env['STANDIN_PRELOAD_WORLD'] === 'page' && isTopDefault(made.auxData))) {
        preloadContext = made.id;
      }
    });
    cdp.on('Runtime.bindingCalled', ({ payload }) => heard(page, JSON.parse(payload, exotic) as Told));
    // Another document is there; the same one under another fragment is not told so.
    cdp.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId === undefined) onContents.emit('did-navigate', {}, toApp(frame.url), 200, 'OK');
    });
    cdp.on('Page.windowOpen', ({ url }) => record('page', 'window.open', url, openHandler({ url }).action));
    await cdp.send('Runtime.enable');
    await cdp.send('Page.enable');
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: `(${pageHalf.toString()})()` });
    const text = `(${preloadHalf.toString()})((require, module, exports) => {${readFileSync(preload, 'utf8')}\n})`;
    if (process.env['STANDIN_PRELOAD_WORLD'] === 'page') {
      await cdp.send('Runtime.addBinding', { name: 'standinSend' });
      await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: text });
    } else {
      await cdp.send('Runtime.addBinding', { name: 'standinSend', executionContextName: WORLD });
      await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: text, worldName: WORLD });
    }
    page.on('load', () => onContents.emit('did-finish-load'));
    page.on('popup', popup => void popup.close());
    page.on('console', message => record('page', `console.${message.type()}`, message.text()));
    page.on('pageerror', error => record('page', 'error', error.message));
    // A window that was opened all the same gets nothing.
    await context.route('**/*', route => route.abort('aborted'));
    await page.route('**/*', route => answer(page, route));
    return page;
  }

  async function answer(page: Page, route: Route): Promise<void> {
    const request = route.request();
    const url = toApp(request.url());
    const isNavigation = request.isNavigationRequest();
    const isMainFrame = isNavigation && request.frame() === page.mainFrame();
    // In Electron's order: a navigation has started before it is asked whether it may.
    if (isNavigation) onContents.emit('did-start-navigation', { url, isMainFrame, isSameDocument: false });
    if (isNavigation && url !== address) {
      const event = preventable({ url, isMainFrame, isSameDocument: false });
      onContents.emit('will-frame-navigate', event);
      record('page', 'navigation', url, event.prevented ? 'prevented' : 'let go');
      if (event.prevented) return route.abort('aborted');
    }
    if (!url.startsWith('app://')) {
      record('page', 'network', url);
      return route.abort('blockedbyclient');
    }
    if (isMainFrame) loads += 1;
    const { status, headers, body } = await fetched(url, request.method());
    return route.fulfill({ status, headers, body });
  }

  async function fetched(url: string, method: string) {
    const response = await around.answer(new Request(url, { method }));
    const body = Buffer.from(await response.arrayBuffer());
    return { status: response.status, headers: Object.fromEntries(response.headers), body };
  }

  function heard(page: Page, told: Told): void {
    if ('failed' in told) {
      record('preload', 'failed', told.failed);
      return;
    }
    const senderFrame = { url: toApp(page.mainFrame().url()), parent: null, isDestroyed: () => false };
    const listeners = around.receive(told.channel, { sender: contents, senderFrame }, told.frames);
    if (listeners === 0) record('preload', 'unheard', told.channel);
  }

  const gone = (): boolean => isGone;
  const webContents = {
    id: CONTENTS_ID,
    on: (event: string, listener: (...args: unknown[]) => void) => onContents.on(event, listener),
    isDestroyed: () => isGone,
    forcefullyCrashRenderer: () => record('webContents', 'forcefullyCrashRenderer'),
    getURL: () => toApp(shown?.url() ?? ''),
    setWindowOpenHandler: (handler: typeof openHandler) => {
      openHandler = handler;
    },
    setWebRTCIPHandlingPolicy: (policy: string) => record('webContents', 'setWebRTCIPHandlingPolicy', policy),
    sendInputEvent: (event: unknown) => record('webContents', 'sendInputEvent', event),
    send: (channel: string, frame: unknown) => {
      if (preloadContext === undefined) return;
      const expression = `standinReceive(${JSON.stringify(channel)}, ${JSON.stringify(structuredClone(frame))})`;
      session
        ?.send('Runtime.evaluate', { expression, contextId: preloadContext })
        .catch((error: unknown) => record('webContents', 'undelivered', String(error)));
    },
  } satisfies PartOf<WebContents>;
  const contents = modelled('webContents', webContents, gone);

  const shownWindow = {
    webContents: contents,
    on: (event: string, listener: (...args: unknown[]) => void) => onWindow.on(event, listener),
    once: (event: string, listener: (...args: unknown[]) => void) => onWindow.once(event, listener),
    isDestroyed: () => isGone,
    setBounds: (bounds: unknown) => record('BrowserWindow', 'setBounds', bounds),
    isMinimized: () => false,
    isMaximized: () => false,
    isVisible: () => visible,
    isFocused: () => false,
    getNormalBounds: () => ({ x: 10, y: 20, width: 1000, height: 700 }),
    restore: () => record('BrowserWindow', 'restore'),
    maximize: () => record('BrowserWindow', 'maximize'),
    focus: () => record('BrowserWindow', 'focus'),
    show: () => {
      visible = true;
      record('BrowserWindow', 'show');
    },
    hide: () => {
      visible = false;
      record('BrowserWindow', 'hide');
    },
    close: () => {
      if (isGone) return;
      const event = preventable({});
      onWindow.emit('close', event);
      if (event.prevented) return;
      isGone = true;
      record('BrowserWindow', 'closed');
      onWindow.emit('closed');
    },
    setBackgroundColor: (color: string) => record('BrowserWindow', 'setBackgroundColor', color),
    setProgressBar: (fraction: number, how: unknown) => record('BrowserWindow', 'setProgressBar', fraction, how),
    setOverlayIcon: (image: unknown, words: string) => record('BrowserWindow', 'setOverlayIcon', image, words),
    loadURL: async (url: string) => {
      const page = await ready;
      address = url.split('#', 1)[0] ?? '';
      record('BrowserWindow', 'loadURL', url);
      await page.goto(toBrowser(url));
      firstLoaded(page);
      if (process.env['STANDIN_NEVER_DRAWN'] === undefined) onWindow.emit('ready-to-show');
    },
  } satisfies PartOf<RealWindow>;
  const window = modelled('BrowserWindow', shownWindow, gone);
  return { window, contents, loaded, onWindow, loads: () => loads };
}

type Told = { readonly channel: string; readonly frames: readonly unknown[] } | { readonly failed: string };

/** What was marked as more than JSON becomes something that is. */
function exotic(_key: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'standinExotic' in value ? new Map() : value;
}

function isTopDefault(auxData: unknown): boolean {
  return typeof auxData === 'object' && auxData !== null && 'isDefault' in auxData && auxData.isDefault === true;
}

function launch(): Promise<Browser> {
  const executablePath = process.env['STANDIN_CHROMIUM'];
  if (executablePath === undefined) throw new TypeError('STANDIN_CHROMIUM names no browser');
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-quic', '--no-first-run'],
  });
}
