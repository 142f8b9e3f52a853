/** What of Electron's `app` decides about the start at sign-in. On Windows: a value below HKCU's Run key. */
export interface LoginItems {
  getLoginItemSettings(options: { readonly args: string[] }): { readonly openAtLogin: boolean };
  setLoginItemSettings(settings: { readonly openAtLogin: boolean; readonly args: string[] }): void;
}

/**
 * Has the app started when its user signs in, or not. What is so already is not written: Electron would switch on again what
 * the user has switched off in Task Manager or in Windows' settings.
 */
export function startAtSignIn(
  app: LoginItems,
  { openAtLogin, hidden }: { readonly openAtLogin: boolean; readonly hidden: boolean },
): void {
  const args = hidden ? ['--hidden'] : [];
  if (openAtLogin && app.getLoginItemSettings({ args }).openAtLogin) return;
  app.setLoginItemSettings({ openAtLogin, args });
}
