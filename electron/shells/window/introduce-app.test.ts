import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { APP_USER_MODEL_ID, TOAST_ACTIVATOR } from './addresses.ts';
import { copyKind, introduceApp } from './introduce-app.ts';

describe('the name of the app', () => {
  it.each([
    ['win32', 'installed', ['Siloscope', APP_USER_MODEL_ID, TOAST_ACTIVATOR]],
    ['win32', 'unpacked', ['Siloscope portable', `${APP_USER_MODEL_ID}.portable`]],
    ['win32', 'source', ['Siloscope from source', `${APP_USER_MODEL_ID}.source`]],
    ['linux', 'source', ['Siloscope']],
    ['darwin', 'source', ['Siloscope']],
  ] as const)('on %s, of a copy that is %s, is its own', (platform, kind, said) => {
    const calls: string[] = [];
    const told = (what: string): unknown => calls.push(what);
    introduceApp(
      { isPackaged: false, setName: told, setAppUserModelId: told, setToastActivatorCLSID: told },
      platform,
      kind,
    );
    expect(calls).toEqual(said);
  });

  it('is of a copy that was installed where an uninstaller lies beside it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'siloscope-copy-'));
    const program = join(folder, 'Siloscope.exe');
    expect([copyKind(false, program), copyKind(true, program)]).toEqual(['source', 'unpacked']);
    writeFileSync(join(folder, 'Uninstall Siloscope.exe'), '');
    expect(copyKind(true, program)).toBe('installed');
    rmSync(folder, { recursive: true });
  });

  it('leaves nothing that the uninstaller does not know', () => {
    const script = readFileSync(new URL('../../build/pack/installer.nsh', import.meta.url), 'utf8');
    expect(TOAST_ACTIVATOR).toMatch(/^\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}$/);
    // Where electron-updater keeps what it fetched: named after the package.
    expect(script).toContain('RMDir /r "$LOCALAPPDATA\\siloscope-updater"');
    expect(script).toContain(`DeleteRegKey HKU "$R2_Classes\\CLSID\\${TOAST_ACTIVATOR}"`);
    expect(script).toContain(`DeleteRegKey HKCU "Software\\Classes\\CLSID\\${TOAST_ACTIVATOR}"`);
    // The link that Electron writes, by the name of the app, for each user of a copy for everybody.
    expect(script).toContain('Start Menu\\Programs\\Siloscope.lnk"');
    expect(script).toContain(
      `DeleteRegValue HKCU "Software\\Microsoft\\Windows\\CurrentVersion\\Run" "${APP_USER_MODEL_ID}"`,
    );
  });
});
