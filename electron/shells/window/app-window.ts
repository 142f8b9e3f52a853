import type { BrowserWindowConstructorOptions } from 'electron';
import type { Clock } from '../../../shared/base/clock.ts';
import { windowAskWords } from '../../../shared/wording/window-ask.ts';
import { windowLogWords } from '../../../shared/wording/window-log.ts';
import { PAGE_URL } from './addresses.ts';
import { SMALLEST } from './fit-bounds.ts';
import type { Ask, Question } from './open-outside.ts';
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
  on(event: 'unresponsive', listener: () => void): unknown;
}

export interface LoadedContents {
  getURL(): string;
  /** Told once another document stands in the top frame; not for a navigation that was refused on the way. */
  on(event: 'did-navigate' | 'did-finish-load', listener: () => void): unknown;
  on(event: 'render-process-gone', listener: (event: unknown, details: { readonly reason: string }) => void): unknown;
  forcefullyCrashRenderer(): void;
}

export interface WindowLoading {
  readonly window: ShownWindow;
  /** Another load of the page is there, or the page's process is gone. */
  readonly reset: () => void;
  readonly log: (line: string) => void;
  readonly ask: Ask;
  readonly start: {
    /** The app starts in the notification area. */
    readonly isHidden: () => Promise<boolean>;
    readonly maximized: boolean;
    readonly fragment?: string;
  };
}

/**
 * Loads the page and answers the way to show it. A page whose process ends is loaded again, but not for ever: three
 * times without ten minutes of peace between them, and the person is asked. So they are when it does not answer.
 */
export function loadWindow(
  { window, reset, log, ask, start }: WindowLoading,
  clock: Clock,
): (fragment?: string) => void {
  const { webContents } = window;
  const ends: number[] = [];
  let turns = 0;
  let wasShown = false;
  let isGone = false;
  let isAsking = false;
  const appear = (): void => {
    if (start.maximized && !wasShown) window.maximize();
    wasShown = true;
    window.show();
  };
  const askOnce = async (question: Question, agreed: () => void): Promise<void> => {
    if (isAsking || window.isDestroyed()) return;
    isAsking = true;
    try {
      if ((await ask(question)) === 0 && !window.isDestroyed()) agreed();
    } finally {
      isAsking = false;
    }
  };
  webContents.on('did-navigate', () => {
    isGone = false;
    reset();
  });
  webContents.on('render-process-gone', (_event, { reason }) => {
    isGone = true;
    reset();
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    const now = clock.now();
    ends.push(now);
    const isOften = ends.filter(at => now - at < RELOAD_PEACE_MS).length > RELOADS;
    log(isOften ? windowLogWords.pageGoneOften(reason) : windowLogWords.pageGone(reason));
    if (isOften) void askOnce(windowAskWords.pageGone, () => load());
    else load();
  });
  // A page that hangs cannot be loaded anew: its process is ended, and that loads it.
  window.on('unresponsive', () => void askOnce(windowAskWords.pageHangs, () => webContents.forcefullyCrashRenderer()));
  const load = (fragment = ''): void => {
    // A load that another one overtakes rejects; what could not be loaded shows as a page that says so.
    window.loadURL(PAGE_URL + fragment).catch((error: unknown) => log(windowLogWords.notLoaded(String(error))));
  };
  const show = (fragment?: string): void => {
    if (window.isDestroyed()) return;
    // A form that is asked for twice is filled in twice: its fragment must differ to be heard again.
    const asked = fragment?.includes('?') === true ? `${fragment}&turn=${++turns}` : fragment;
    // The same address again would load the page anew, and lose what was typed.
    if (isGone || (asked !== undefined && webContents.getURL() !== PAGE_URL + asked)) load(asked);
    if (window.isMinimized()) window.restore();
    appear();
    window.focus();
  };
  let isDrawn = false;
  const drawn = (): void => {
    if (isDrawn) return;
    isDrawn = true;
    void start.isHidden().then(hidden => {
      if (!hidden && !wasShown && !window.isDestroyed()) appear();
    });
  };
  window.once('ready-to-show', drawn);
  // It does not always come: not on every display, not after a zoom before the first paint (electron#48859, #51972).
  webContents.on('did-finish-load', () => {
    if (!isDrawn) clock.after(DRAWN_AFTER_LOAD_MS, drawn);
  });
  load(start.fragment);
  return show;
}

const DRAWN_AFTER_LOAD_MS = 1_000;
const RELOADS = 3;
const RELOAD_PEACE_MS = 10 * 60_000;
