import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type * as Real from 'electron';
import { Listeners, modelled, preventable, record } from './modelled.ts';
import { openStandinWindow } from './standin-window.ts';

/** Stands in the place of the `electron` module: a browser's page for the window, and a record of everything else. */

type Listener = (...args: unknown[]) => void;
const DATA = process.env['STANDIN_DATA'] ?? '';

export const onApp = new Listeners();
export const onPower = new Listeners();
export const onTheme = new Listeners();
export const onIpc = new Listeners();
const loaded = new EventEmitter();
let handler: ((request: Request) => Response | Promise<Response>) | undefined;

/** Electron is ready once the main module has been evaluated, and not before. */
const whenReady = new Promise<void>(resolve => loaded.once('loaded', resolve));
export const mainWasLoaded = (): boolean => loaded.emit('loaded');

let made: ReturnType<typeof openStandinWindow> | undefined;
/** The one window. */
export const madeWindow = () => made;
/** What the next questions are answered, by button. */
export const answers: number[] = [];

export const app = modelled<Real.App>()('app', {
  isPackaged: false,
  on: (event: string, listener: Listener) => onApp.on(event, listener),
  whenReady: () => whenReady,
  requestSingleInstanceLock: () => process.env['STANDIN_SECOND'] === undefined,
  enableSandbox: () => record('app', 'enableSandbox'),
  setAppUserModelId: (id: string) => record('app', 'setAppUserModelId', id),
  setJumpList: (list: unknown) => record('app', 'setJumpList', list),
  getPath: (name: string) => join(DATA, name),
  setName: (name: string) => record('app', 'setName', name),
  setPath: (name: string, path: string) => record('app', 'setPath', name, path),
  getVersion: () => '0.0.0-standin',
  quit: () => {
    record('app', 'quit');
    onApp.emit('before-quit');
    const event = preventable({});
    onApp.emit('will-quit', event);
    if (!event.prevented) app.exit();
  },
  exit: () => {
    record('app', 'exit');
    process.send?.({ ended: true });
    process.exit(0);
  },
});

export const ipcMain = modelled<Real.IpcMain>()('ipcMain', {
  on: (channel: string, listener: Listener) => onIpc.on(channel, listener),
  removeListener: (channel: string, listener: Listener) => onIpc.off(channel, listener),
});

export const protocol = modelled<Real.Protocol>()('protocol', {
  registerSchemesAsPrivileged: (schemes: unknown) => record('protocol', 'registerSchemesAsPrivileged', schemes),
  handle: (scheme: string, answer: typeof handler) => {
    if (scheme !== 'app') throw new TypeError(`the stand-in loads app: only, not ${scheme}:`);
    handler = answer;
  },
});

export const session = modelled<typeof Real.session>()('session', {
  defaultSession: modelled<Real.Session>()('session.defaultSession', {
    setPermissionRequestHandler: () => record('session', 'setPermissionRequestHandler'),
    setPermissionCheckHandler: () => record('session', 'setPermissionCheckHandler'),
    setDevicePermissionHandler: () => record('session', 'setDevicePermissionHandler'),
  }),
});

/** `new BrowserWindow(options)`: what a function answers to `new` takes the new object's place. */
export function BrowserWindow(options: Real.BrowserWindowConstructorOptions): object {
  made = openStandinWindow(options, {
    answer: async request => (await handler?.(request)) ?? new Response(null, { status: 404 }),
    receive: (channel, event, frames) => onIpc.emit(channel, event, ...frames),
  });
  return made.window;
}

export function Tray(image: string): object {
  record('Tray', 'new', image);
  return modelled<Real.Tray>()('Tray', {
    on: (event: string, listener: Listener) => onApp.on(`tray ${event}`, listener),
    setImage: (file: string) => record('Tray', 'setImage', file),
    setToolTip: (text: string) => record('Tray', 'setToolTip', text),
    setContextMenu: (menu: unknown) => record('Tray', 'setContextMenu', menu),
    destroy: () => record('Tray', 'destroy'),
  });
}

export function Notification(options: unknown): object {
  return modelled<Real.Notification>()('Notification', {
    on: (event: string, listener: Listener) => onApp.on(`notification ${event}`, listener),
    show: () => record('Notification', 'show', options),
    close: () => record('Notification', 'close', options),
  });
}
Notification.isSupported = (): boolean => true;

export const Menu = modelled<typeof Real.Menu>()('Menu', {
  buildFromTemplate: (template: unknown) => template,
  setApplicationMenu: (menu: unknown) => record('Menu', 'setApplicationMenu', menu),
});
export const nativeImage = modelled<typeof Real.nativeImage>()('nativeImage', {
  createFromPath: (file: string) => ({ file }),
});
export const nativeTheme = modelled<Real.NativeTheme>()('nativeTheme', {
  shouldUseDarkColors: false,
  shouldUseHighContrastColors: false,
  on: (event: string, listener: Listener) => onTheme.on(event, listener),
});
export const powerMonitor = modelled<Real.PowerMonitor>()('powerMonitor', {
  on: (event: string, listener: Listener) => onPower.on(event, listener),
});
const display = { workArea: { x: 0, y: 0, width: 1920, height: 1040 } };
export const screen = modelled<Real.Screen>()('screen', {
  getPrimaryDisplay: () => display,
  getAllDisplays: () => [display],
});
export const shell = modelled<Real.Shell>()('shell', {
  openExternal: async (url: string) => record('shell', 'openExternal', url),
});
export const dialog = modelled<Real.Dialog>()('dialog', {
  showMessageBox: async (_window: unknown, question: { cancelId: number }) => {
    record('dialog', 'showMessageBox', question);
    return { response: answers.shift() ?? question.cancelId, checkboxChecked: false };
  },
});
