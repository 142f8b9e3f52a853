import type { BrowserWindowConstructorOptions } from 'electron';
import { windowLogWords } from '../../../shared/wording/window-log.ts';
import { PAGE_URL } from './addresses.ts';
import { SMALLEST } from './fit-bounds.ts';
import type { Bounds } from './window-memory.ts';

/** How the window is made: the page in it is sandboxed, in a world of its own, without Node. */
export function windowOptions(parts: {
  readonly bounds: Bounds;
  readonly background: string;
  readonly icon: string;
  readonly preload: string;
}): BrowserWindowConstructorOptions {
  return {
    ...parts.bounds,
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    show: false,
    title: 'Siloscope',
    backgroundColor: parts.background,
    icon: parts.icon,
    webPreferences: {
      preload: parts.preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      disableDialogs: true,
      spellcheck: false,
      devTools: true,
    },
  };
}

/** What of the window is shown and loaded. */
export interface ShownWindow {
  readonly webContents: LoadedContents;
  isDestroyed(): boolean;
  isMinimized(): boolean;
  isVisible(): boolean;
  isFocused(): boolean;
  restore(): void;
  show(): void;
  focus(): void;
  maximize(): void;
  loadURL(url: string): Promise<void>;
  once(event: 'ready-to-show', listener: () => void): unknown;
}

export interface LoadedContents {
  getURL(): string;
  on(
    event: 'did-start-navigation',
    listener: (details: { readonly isSameDocument: boolean; readonly isMainFrame: boolean }) => void,
  ): unknown;
  on(event: 'render-process-gone', listener: (event: unknown, details: { readonly reason: string }) => void): unknown;
}

export interface WindowLoading {
  readonly window: ShownWindow;
  /** A load began, or the page's process is gone. */
  readonly reset: () => void;
  readonly log: (line: string) => void;
  readonly start: {
    /** The app starts in the notification area. */
    readonly isHidden: () => Promise<boolean>;
    readonly maximized: boolean;
    readonly fragment?: string;
  };
}

/**
 * Loads the page and answers the way to show it. A page whose process ends is loaded again, but not for ever: three
 * times without ten minutes of peace between them, and it stays as it is.
 */
export function loadWindow(
  { window, reset, log, start }: WindowLoading,
  now: () => number,
): (fragment?: string) => void {
  const { webContents } = window;
  const ends: number[] = [];
  let turns = 0;
  webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) reset();
  });
  webContents.on('render-process-gone', (_event, { reason }) => {
    reset();
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    log(windowLogWords.pageGone(reason));
    ends.push(now());
    if (ends.filter(at => now() - at < RELOAD_PEACE_MS).length <= RELOADS) load();
  });
  const load = (fragment = ''): void => {
    // A load that another one overtakes rejects; what could not be loaded shows as a page that says so.
    window.loadURL(PAGE_URL + fragment).catch((error: unknown) => log(windowLogWords.notLoaded(String(error))));
  };
  const show = (fragment?: string): void => {
    if (window.isDestroyed()) return;
    // A form that is asked for twice is filled in twice: its fragment must differ to be heard again.
    const asked = fragment?.includes('?') === true ? `${fragment}&turn=${++turns}` : fragment;
    // The same address again would load the page anew, and lose what was typed.
    if (asked !== undefined && webContents.getURL() !== PAGE_URL + asked) load(asked);
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  };
  window.once('ready-to-show', () => {
    void start.isHidden().then(hidden => {
      if (hidden || window.isDestroyed()) return;
      if (start.maximized) window.maximize();
      window.show();
    });
  });
  load(start.fragment);
  return show;
}

const RELOADS = 3;
const RELOAD_PEACE_MS = 10 * 60_000;
