import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type * as Real from 'electron';
import { Listeners, misused, modelled, type PartOf, preventable, record } from './modelled.ts';
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
let isReady = false;
const whenReady = new Promise<void>(resolve => loaded.once('loaded', resolve));
export const mainWasLoaded = (): boolean => {
  isReady = true;
  return loaded.emit('loaded');
};
const onlyReady = (what: string): void => {
  if (!isReady) misused(`${what} cannot be used before app is ready`);
};
const onlyBefore = (what: string): void => {
  if (isReady) misused(`${what} should be called before app is ready`);
};
const onWindows = (what: string): void => {
  if (process.platform !== 'win32') misused(`${what} is not a function`);
};

let made: ReturnType<typeof openStandinWindow> | undefined;
/** The one window. */
export const madeWindow = () => made;
/** What the next questions are answered, by button. */
export const answers: number[] = [];

const paths = new Map<string, string>();

export const app = modelled('app', {
  isPackaged: process.env['STANDIN_PACKAGED'] !== undefined,
  on: (event: string, listener: Listener) => onApp.on(event, listener),
  whenReady: () => whenReady,
  requestSingleInstanceLock: () => process.env['STANDIN_SECOND'] === undefined,
  enableSandbox: () => {
    onlyBefore('app.enableSandbox');
    record('app', 'enableSandbox');
  },
  setAppUserModelId: (id: string) => {
    onWindows('app.setAppUserModelId');
    record('app', 'setAppUserModelId', id);
  },
  setToastActivatorCLSID: (id: string) => {
    onWindows('app.setToastActivatorCLSID');
    // Baked into shortcut and registry with the first notification.
    onlyBefore('app.setToastActivatorCLSID');
    record('app', 'setToastActivatorCLSID', id);
  },
  getJumpListSettings: () => {
    onWindows('app.getJumpListSettings');
    return { minItems: 10, removedItems: removedTasks };
  },
  setJumpList: (list: JumpCategories) => {
    onWindows('app.setJumpList');
    const brought = (list ?? []).flatMap(({ items = [] }) => items.map(({ args }) => args));
    if (removedTasks.some(({ args }) => brought.includes(args))) misused('the whole category is omitted');
    removedTasks = [];
    record('app', 'setJumpList', list);
    return 'ok';
  },
  getLoginItemSettings: () => ({ openAtLogin: false, launchItems: [] }),
  setLoginItemSettings: (settings: unknown) => record('app', 'setLoginItemSettings', settings),
  getPath: (name: string) => paths.get(name) ?? join(DATA, name),
  setName: (name: string) => record('app', 'setName', name),
  setPath: (name: string, path: string) => {
    record('app', 'setPath', name, path);
    paths.set(name, path);
  },
  getVersion: () => '0.0.0-standin',
  getAppPath: () => process.cwd(),
  quit: () => {
    record('app', 'quit');
    onApp.emit('before-quit');
    if (made?.window.isDestroyed() === false) {
      made.window.close();
      // A window that stays calls the end off.
      if (!made.window.isDestroyed()) return;
    }
    const event = preventable({});
    onApp.emit('will-quit', event);
    if (!event.prevented) app.exit();
  },
  exit: (code = 0) => {
    record('app', 'exit', code);
    process.exit(code);
  },
} satisfies PartOf<Real.App>);

/** What a test took from the jump list. */
let removedTasks: { readonly args: string }[] = [];
type JumpCategories = readonly { readonly items?: readonly { readonly args: string }[] }[] | null;
export const removeTask = (args: string): void => {
  removedTasks = [...removedTasks, { args }];
};

/** A keyring that scrambles: enough to see that no plain value is written. */
export const safeStorage = modelled('safeStorage', {
  isEncryptionAvailable: () => isReady,
  getSelectedStorageBackend: () => {
    if (!isReady) return 'unknown';
    return process.env['STANDIN_KEYRING'] === 'none' ? 'basic_text' : 'gnome_libsecret';
  },
  encryptString: (text: string) => {
    onlyReady('safeStorage');
    return Buffer.from(Buffer.from(text).map(byte => byte ^ 0x5a));
  },
  decryptString: (sealed: Buffer) => Buffer.from(sealed.map(byte => byte ^ 0x5a)).toString('utf8'),
} satisfies PartOf<Real.SafeStorage>);

/** Helpers are for the host that this machine is, where it runs Windows. */
export const utilityProcess = modelled('utilityProcess', {} satisfies PartOf<typeof Real.utilityProcess>);

export const ipcMain = modelled('ipcMain', {
  on: (channel: string, listener: Listener) => onIpc.on(channel, listener),
  removeListener: (channel: string, listener: Listener) => onIpc.off(channel, listener),
} satisfies PartOf<Real.IpcMain>);

export const protocol = modelled('protocol', {
  registerSchemesAsPrivileged: (schemes: unknown) => {
    onlyBefore('protocol.registerSchemesAsPrivileged');
    record('protocol', 'registerSchemesAsPrivileged', schemes);
  },
  handle: (scheme: string, answer: typeof handler) => {
    onlyReady('protocol');
    if (scheme !== 'app') throw new TypeError(`the stand-in loads app: only, not ${scheme}:`);
    handler = answer;
  },
} satisfies PartOf<Real.Protocol>);

const defaultSession = modelled('session.defaultSession', {
  on: (event: string, listener: Listener) => onApp.on(`session ${event}`, listener),
  setPermissionRequestHandler: () => record('session', 'setPermissionRequestHandler'),
  setPermissionCheckHandler: () => record('session', 'setPermissionCheckHandler'),
  setDevicePermissionHandler: () => record('session', 'setDevicePermissionHandler'),
  webRequest: {
    onBeforeRequest: (...args: unknown[]) => record('session', 'onBeforeRequest', args[0]),
  } satisfies PartOf<Real.WebRequest>,
} satisfies PartOf<Real.Session>);
export const session = modelled('session', {
  get defaultSession() {
    onlyReady('session');
    return defaultSession;
  },
} satisfies PartOf<typeof Real.session>);

/** `new BrowserWindow(options)`: what a function answers to `new` takes the new object's place. */
export function BrowserWindow(options: Real.BrowserWindowConstructorOptions): object {
  onlyReady('BrowserWindow');
  made = openStandinWindow(options, {
    answer: async request => (await handler?.(request)) ?? new Response(null, { status: 404 }),
    receive: (channel, event, frames) => onIpc.emit(channel, event, ...frames),
  });
  return made.window;
}

export function Tray(image: string): object {
  onlyReady('Tray');
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
  onlyReady('Notification');
  return modelled('Notification', {
    on: (event: string, listener: Listener) => onApp.on(`notification ${event}`, listener),
    show: () => record('Notification', 'show', options),
    close: () => record('Notification', 'close', options),
  } satisfies PartOf<Real.Notification>);
}
// Asked for the first time, Electron registers the class that Windows wakes for a press.
Notification.isSupported = (): boolean => {
  record('Notification', 'isSupported');
  return true;
};
Notification.handleActivation = (listener: Listener): void => {
  onWindows('Notification.handleActivation');
  onApp.on('notification pressed', listener);
};

export const Menu = modelled('Menu', {
  buildFromTemplate: (template: unknown) => template,
  setApplicationMenu: (menu: unknown) => record('Menu', 'setApplicationMenu', menu),
} satisfies PartOf<typeof Real.Menu>);
export const nativeImage = modelled('nativeImage', {
  createFromPath: (file: string) => {
    record('nativeImage', 'createFromPath', file);
    return { file };
  },
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
/** Two, of different scale: a window must be placed twice. */
const displays = [
  { workArea: { x: 0, y: 0, width: 1920, height: 1040 }, scaleFactor: 1.5 },
  { workArea: { x: 1920, y: 0, width: 2560, height: 1400 }, scaleFactor: 1 },
] as const;
export const screen = modelled('screen', {
  getPrimaryDisplay: () => {
    onlyReady("The 'screen' module");
    return displays[0];
  },
  getAllDisplays: () => {
    onlyReady("The 'screen' module");
    return displays;
  },
} satisfies PartOf<Real.Screen>);
export const shell = modelled('shell', {
  openExternal: async (url: string) => record('shell', 'openExternal', url),
} satisfies PartOf<Real.Shell>);
export const dialog = modelled('dialog', {
  showErrorBox: (title: string, reason: string) => process.stderr.write(`${title}: ${reason}\n`),
  showMessageBox: async (...given: [unknown, { cancelId: number }] | [{ cancelId: number }]) => {
    onlyReady('dialog');
    const question = given.length === 1 ? given[0] : given[1];
    if (given.length === 2 && made?.window.isDestroyed() === true) misused('dialog: Object has been destroyed');
    record('dialog', 'showMessageBox', question);
    return { response: answers.shift() ?? question.cancelId, checkboxChecked: false };
  },
} satisfies PartOf<Real.Dialog>);
