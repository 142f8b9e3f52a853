import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { APP_USER_MODEL_ID, TOAST_ACTIVATOR } from './addresses.ts';
import { introduceApp } from './introduce-app.ts';

describe('the name of the app', () => {
  it.each([
    ['win32', true, ['Siloscope', APP_USER_MODEL_ID, TOAST_ACTIVATOR]],
    ['win32', false, ['Siloscope from source', `${APP_USER_MODEL_ID}.source`]],
    ['linux', false, ['Siloscope']],
    ['darwin', false, ['Siloscope']],
  ] as const)('on %s, packaged %s, is its own', (platform, isPackaged, said) => {
    const calls: string[] = [];
    const told = (what: string): unknown => calls.push(what);
    introduceApp({ isPackaged, setName: told, setAppUserModelId: told, setToastActivatorCLSID: told }, platform);
    expect(calls).toEqual(said);
  });

  it('leaves nothing that the uninstaller does not know', () => {
    const script = readFileSync(new URL('../../build/pack/installer.nsh', import.meta.url), 'utf8');
    expect(TOAST_ACTIVATOR).toMatch(/^\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}$/);
    // Where electron-updater keeps what it fetched: named after the package.
    expect(script).toContain('RMDir /r "$LOCALAPPDATA\\siloscope-updater"');
    expect(script).toContain(`DeleteRegKey HKCU "Software\\Classes\\CLSID\\${TOAST_ACTIVATOR}"`);
    // The link that Electron writes, by the name of the app, for each user of a copy for everybody.
    expect(script).toContain('Start Menu\\Programs\\Siloscope.lnk"');
    expect(script).toContain(
      `DeleteRegValue HKCU "Software\\Microsoft\\Windows\\CurrentVersion\\Run" "${APP_USER_MODEL_ID}"`,
    );
  });
});
