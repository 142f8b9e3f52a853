import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type * as Real from 'electron';
import { Listeners, modelled, type PartOf, preventable, record } from './modelled.ts';
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

export const app = modelled('app', {
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
  getAppPath: () => process.cwd(),
  quit: () => {
    record('app', 'quit');
    onApp.emit('before-quit');
    const event = preventable({});
    onApp.emit('will-quit', event);
    if (!event.prevented) app.exit();
  },
  exit: (code = 0) => {
    record('app', 'exit', code);
    process.exit(code);
  },
} satisfies PartOf<Real.App>);

/** A keyring that scrambles: enough to see that no plain value is written. */
export const safeStorage = modelled('safeStorage', {
  isEncryptionAvailable: () => true,
  getSelectedStorageBackend: () => (process.env['STANDIN_KEYRING'] === 'none' ? 'basic_text' : 'gnome_libsecret'),
  encryptString: (text: string) => Buffer.from(Buffer.from(text).map(byte => byte ^ 0x5a)),
  decryptString: (sealed: Buffer) => Buffer.from(sealed.map(byte => byte ^ 0x5a)).toString('utf8'),
} satisfies PartOf<Real.SafeStorage>);

/** Helpers are for the host that this machine is, where it runs Windows. */
export const utilityProcess = modelled('utilityProcess', {} satisfies PartOf<typeof Real.utilityProcess>);

export const ipcMain = modelled('ipcMain', {
  on: (channel: string, listener: Listener) => onIpc.on(channel, listener),
  removeListener: (channel: string, listener: Listener) => onIpc.off(channel, listener),
} satisfies PartOf<Real.IpcMain>);

export const protocol = modelled('protocol', {
  registerSchemesAsPrivileged: (schemes: unknown) => record('protocol', 'registerSchemesAsPrivileged', schemes),
  handle: (scheme: string, answer: typeof handler) => {
    if (scheme !== 'app') throw new TypeError(`the stand-in loads app: only, not ${scheme}:`);
    handler = answer;
  },
} satisfies PartOf<Real.Protocol>);

export const session = modelled('session', {
  defaultSession: modelled('session.defaultSession', {
    setPermissionRequestHandler: () => record('session', 'setPermissionRequestHandler'),
    setPermissionCheckHandler: () => record('session', 'setPermissionCheckHandler'),
    setDevicePermissionHandler: () => record('session', 'setDevicePermissionHandler'),
  } satisfies PartOf<Real.Session>),
} satisfies PartOf<typeof Real.session>);

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
  return modelled('Tray', {
    on: (event: string, listener: Listener) => onApp.on(`tray ${event}`, listener),
    setImage: (file: string) => record('Tray', 'setImage', file),
    setToolTip: (text: string) => record('Tray', 'setToolTip', text),
    setContextMenu: (menu: unknown) => record('Tray', 'setContextMenu', menu),
    destroy: () => record('Tray', 'destroy'),
  } satisfies PartOf<Real.Tray>);
}

export function Notification(options: unknown): object {
  return modelled('Notification', {
    on: (event: string, listener: Listener) => onApp.on(`notification ${event}`, listener),
    show: () => record('Notification', 'show', options),
    close: () => record('Notification', 'close', options),
  } satisfies PartOf<Real.Notification>);
}
Notification.isSupported = (): boolean => true;

export const Menu = modelled('Menu', {
  buildFromTemplate: (template: unknown) => template,
  setApplicationMenu: (menu: unknown) => record('Menu', 'setApplicationMenu', menu),
} satisfies PartOf<typeof Real.Menu>);
export const nativeImage = modelled('nativeImage', {
  createFromPath: (file: string) => ({ file }),
} satisfies PartOf<typeof Real.nativeImage>);
export const nativeTheme = modelled('nativeTheme', {
  themeSource: 'system',
  shouldUseDarkColors: false,
  shouldUseHighContrastColors: false,
  on: (event: string, listener: Listener) => onTheme.on(event, listener),
} satisfies PartOf<Real.NativeTheme>);
export const powerMonitor = modelled('powerMonitor', {
  on: (event: string, listener: Listener) => onPower.on(event, listener),
} satisfies PartOf<Real.PowerMonitor>);
const display = { workArea: { x: 0, y: 0, width: 1920, height: 1040 } };
export const screen = modelled('screen', {
  getPrimaryDisplay: () => display,
  getAllDisplays: () => [display],
} satisfies PartOf<Real.Screen>);
export const shell = modelled('shell', {
  openExternal: async (url: string) => record('shell', 'openExternal', url),
} satisfies PartOf<Real.Shell>);
export const dialog = modelled('dialog', {
  showErrorBox: (title: string, reason: string) => process.stderr.write(`${title}: ${reason}\n`),
  showMessageBox: async (_window: unknown, question: { cancelId: number }) => {
    record('dialog', 'showMessageBox', question);
    return { response: answers.shift() ?? question.cancelId, checkboxChecked: false };
  },
} satisfies PartOf<Real.Dialog>);
