import { APP_USER_MODEL_ID, TOAST_ACTIVATOR } from './addresses.ts';

/** What of Electron's `app` says which app it is. The last two are there on Windows alone. */
export interface NamedApp {
  readonly isPackaged: boolean;
  setName(name: string): void;
  setAppUserModelId(id: string): void;
  setToastActivatorCLSID(id: string): void;
}

/**
 * Says which app this is, before anything of it shows. Before its first notification Electron writes a shortcut with that
 * name and identity to the Start menu: a copy that runs from its sources takes neither of the one that is installed.
 */
export function introduceApp(app: NamedApp, platform: string): void {
  const isOther = platform === 'win32' && !app.isPackaged;
  app.setName(isOther ? 'Siloscope from source' : 'Siloscope');
  if (platform !== 'win32') return;
  app.setAppUserModelId(isOther ? `${APP_USER_MODEL_ID}.source` : APP_USER_MODEL_ID);
  if (!isOther) app.setToastActivatorCLSID(TOAST_ACTIVATOR);
}
