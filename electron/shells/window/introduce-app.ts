import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { APP_USER_MODEL_ID, TOAST_ACTIVATOR } from './addresses.ts';

/** What of Electron's `app` says which app it is. The last two are there on Windows alone. */
export interface NamedApp {
  readonly isPackaged: boolean;
  setName(name: string): void;
  setAppUserModelId(id: string): void;
  setToastActivatorCLSID(id: string): void;
}

/** How a copy of the app came to be where it is. */
export type CopyKind = 'installed' | 'unpacked' | 'source';

/** As electron-builder names it after the product: an installer leaves it beside the program. */
const UNINSTALLER = 'Uninstall Siloscope.exe';

export function copyKind(isPackaged: boolean, program: string): CopyKind {
  if (!isPackaged) return 'source';
  return existsSync(join(dirname(program), UNINSTALLER)) ? 'installed' : 'unpacked';
}

const NAMES = {
  installed: { name: 'Siloscope', id: APP_USER_MODEL_ID },
  unpacked: { name: 'Siloscope portable', id: `${APP_USER_MODEL_ID}.portable` },
  source: { name: 'Siloscope from source', id: `${APP_USER_MODEL_ID}.source` },
} as const;

/**
 * Says which app this is, before anything of it shows. Before its first notification Electron writes a shortcut with that
 * name and identity to the Start menu, or leads the one that is there to itself: a copy that was not installed takes
 * neither of the one that was.
 */
export function introduceApp(app: NamedApp, platform: string, kind: CopyKind): void {
  const { name, id } = NAMES[platform === 'win32' ? kind : 'installed'];
  app.setName(name);
  if (platform !== 'win32') return;
  app.setAppUserModelId(id);
  if (kind === 'installed') app.setToastActivatorCLSID(TOAST_ACTIVATOR);
}
