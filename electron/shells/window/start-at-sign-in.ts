import { APP_USER_MODEL_ID } from './addresses.ts';

/** What of Electron's `app` decides about the start at sign-in. On Windows: a value below HKCU's Run key. */
export interface LoginItems {
  getLoginItemSettings(options: { readonly args: string[] }): {
    /** With these arguments. */
    readonly openAtLogin: boolean;
    /** Every value that starts this program. */
    readonly launchItems: readonly { readonly name: string; readonly scope: string; readonly enabled: boolean }[];
  };
  setLoginItemSettings(settings: {
    readonly openAtLogin: boolean;
    readonly args: string[];
    readonly enabled: boolean;
    readonly name: string;
  }): void;
}

/**
 * Has the app started when its user signs in, or not. What is so already is not written, and what the user has switched off
 * in Task Manager or in Windows' settings stays off: Electron switches on what it writes, unless it is told.
 */
export function startAtSignIn(
  app: LoginItems,
  { openAtLogin, hidden }: { readonly openAtLogin: boolean; readonly hidden: boolean },
): void {
  const args = hidden ? ['--hidden'] : [];
  const known = app.getLoginItemSettings({ args });
  if (openAtLogin && known.openAtLogin) return;
  const isOff = known.launchItems.some(
    ({ name, scope, enabled }) => name === APP_USER_MODEL_ID && scope === 'user' && !enabled,
  );
  // One name for every copy: two of them must not both start.
  app.setLoginItemSettings({ openAtLogin, args, enabled: !isOff, name: APP_USER_MODEL_ID });
}
