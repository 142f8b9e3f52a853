import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLauncherServices } from './launcher-service.ts';

const ROOT = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\WOW6432Node\\WinFsp';
const registered = (name: string, executable: string, commandLine?: string): string =>
  [
    `${ROOT}\\Services\\${name}`,
    `    Executable    REG_SZ    ${executable}`,
    ...(commandLine === undefined ? [] : [`    CommandLine    REG_SZ    ${commandLine}`]),
    '    JobControl    REG_DWORD    0x1',
    '',
  ].join('\r\n');

describe("what is registered with WinFsp's Launcher", () => {
  it.each([
    ['sshfs.k', 'C:\\Program Files\\SSHFS-Win\\bin\\sshfs-win.exe', 'svc %1 %2 %U', 'sshfs-win'],
    ['hubfs', 'C:\\Program Files (x86)\\hubfs\\hubfs.exe', '-o uid=-1,VolumePrefix=%1 %2', 'hubfs'],
    ['memfs64', 'bin\\memfs-x64.exe', '-i -u %1 -m %2', 'memfs'],
    ['other', 'C:\\x\\other.exe', '%1 %2', 'winfsp-native'],
    ['bare', 'C:\\x\\bare.exe', undefined, 'winfsp-native'],
  ])('as %s is a program that is known by its file and its arguments', (name, executable, commandLine, program) => {
    const text = `${ROOT}\r\n    InstallDir    REG_SZ    C:\\WinFsp\\\r\n\r\n${ROOT}\\Services\r\n\r\n${registered(name, executable, commandLine)}`;
    expect([...parseLauncherServices(text)]).toEqual([[name, { name, executable, program }]]);
  });

  it('is found by its class in lower case; what names no program is left out', () => {
    const text = `${registered('SSHFS', 'a.exe')}\r\n${ROOT}\\Services\\empty\r\n    JobControl    REG_DWORD    0x1\r\n`;
    expect([...parseLauncherServices(text).keys()]).toEqual(['sshfs']);
  });

  it('is read whatever is printed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => {
        const key = `${ROOT}\\Services\\a\r\n    Executable    REG_SZ    `;
        expect(parseLauncherServices(`${key}x.exe\r\n${text}`).get('a')?.executable).toBeDefined();
      }),
      { numRuns: 2_000 },
    );
  });
});
