import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCmdSwitches } from './cmd/switches.ts';
import { parseHubfs } from './file-systems/hubfs.ts';
import { volumeNameOf } from './file-systems/juicefs.ts';
import { planRcloneMount } from './file-systems/rclone-mount-point.ts';
import { parseSshfsWin } from './file-systems/sshfs-win.ts';
import { parseFindstr } from './windows/findstr.ts';
import { parsePingOptions } from './windows/ping.ts';
import { parseRegQuery } from './windows/reg.ts';
import { parseFuseOptions } from './winfsp/fuse-options.ts';
import { parseMemfsOptions } from './winfsp/memfs-options.ts';

const word = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.constantFrom(
    '-m',
    '-u',
    '-i',
    '-o',
    '-d',
    'X:',
    '*',
    '\\a\\b',
    '\\\\a\\b',
    '--volname',
    '--network-mode',
    'svc',
    'cmd',
    '/v',
    '/s',
    'HKLM\\X',
    '-n',
    '--VolumePrefix=/a/b',
    'a,b=c',
  ),
);
const args = fc.array(word, { maxLength: 8 });

describe('the switches of every program', () => {
  it('can be read from any command line', async () => {
    await fc.assert(
      fc.asyncProperty(args, async given => {
        const memfs = parseMemfsOptions(given);
        expect(memfs === 'usage' || memfs.mountPoint !== undefined || memfs.volumePrefix !== '').toBe(true);
        expect((parseFuseOptions(given).prefix ?? '').length).toBeLessThan(192);
        const svc = parseSshfsWin(given);
        expect(svc === 'usage' || svc.mountPoint).not.toBe(undefined);
        expect(['usage', 'version', 'mount']).toContain(parseHubfs(given).kind);
        const plan = planRcloneMount(given[0] ?? '', given[1] ?? '', {
          networkMode: given.length % 2 === 0,
          volname: given[2],
        });
        expect(plan.network ? plan.volumeName.startsWith('\\') : true).toBe(true);
        expect(volumeNameOf(given[0] ?? '')).toMatch(/^[A-Za-z0-9-]+$/);
        expect(parseFindstr(given)?.matches('line')).not.toBe('line');
        expect(Object.keys(parsePingOptions(given)).length).toBeGreaterThan(0);
        expect(Object.keys(parseRegQuery(given)).length).toBeGreaterThan(0);
        expect((await parseCmdSwitches(`cmd ${given.join(' ')}`, async () => true)).quiet).toBeTypeOf('boolean');
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('memfs', () => {
  it.each([
    [
      ['-i', '-F', 'NTFS', '-m', 'Z:'],
      { caseInsensitive: true, fileSystemName: 'NTFS', mountPoint: 'Z:', volumePrefix: undefined },
    ],
    [
      ['-m', 'Y:', '-u', '\\memfs\\share', '-n', '0x10', '-s', '010'],
      { mountPoint: 'Y:', volumePrefix: '\\memfs\\share', maxFileNodes: 16, maxFileSize: 8 },
    ],
    [['-u', '\\memfs\\share', '-t', 'soon'], { mountPoint: undefined, fileInfoTimeout: -1 }],
  ])('reads %j', (given, expected) => {
    expect(parseMemfsOptions(given)).toMatchObject(expected);
  });

  it.each([[[]], [['-m']], [['-x', '1']], [['-m', 'X:', 'more']], [['-u', '']], [['-?']]])(
    'asks for better arguments than %j',
    given => {
      expect(parseMemfsOptions(given)).toBe('usage');
    },
  );
});

describe('rclone mount on Windows', () => {
  it.each([
    ['r:p', 'X:', {}, { mountPoint: 'X:', network: false, volumeName: 'r p', ignoredNetworkMode: false }],
    [
      'r:p',
      'X:\\',
      { networkMode: true },
      { mountPoint: 'X:', network: true, volumeName: '\\server\\r p', ignoredNetworkMode: false },
    ],
    [
      'r:',
      'X:',
      { volname: '\\\\fileserver\\archive' },
      { mountPoint: 'X:', network: true, volumeName: '\\fileserver\\archive', ignoredNetworkMode: false },
    ],
    ['r:', '\\\\a\\b', {}, { mountPoint: '*', network: true, volumeName: '\\a\\b', ignoredNetworkMode: false }],
    [
      'r:',
      'C:\\mnt',
      { networkMode: true },
      { mountPoint: 'C:\\mnt', network: false, volumeName: 'r', ignoredNetworkMode: true },
    ],
    [
      ':',
      '*',
      { networkMode: true },
      { mountPoint: '*', network: true, volumeName: '\\server\\share', ignoredNetworkMode: false },
    ],
  ])('%s at %s with %j', (remote, path, options, expected) => {
    expect(planRcloneMount(remote, path, { networkMode: false, volname: undefined, ...options })).toEqual(expected);
  });
});

describe('sshfs-win', () => {
  it('makes the service form a network volume of its prefix', () => {
    expect(parseSshfsWin(['svc', '\\sshfs.kr\\me=bob@host!2222\\etc', 'S:', 'me', '-oro'])).toEqual({
      remote: 'bob@host:/etc',
      mountPoint: 'S:',
      options: ['-f', '-orellinks', '-ofstypename=SSHFS', '--VolumePrefix=\\sshfs.kr\\me=bob@host!2222\\etc', '-oro'],
    });
  });

  it('hands the command form on, without what is ssh-s own', () => {
    expect(parseSshfsWin(['cmd', '-p', '22', 'carol@build02:', 'S:', '-o', 'volname=x'])).toEqual({
      remote: 'carol@build02:',
      mountPoint: 'S:',
      options: ['-o', 'volname=x'],
    });
  });
});

describe('the registry query of reg.exe', () => {
  it('looks into the 32-bit view when asked', () => {
    expect(parseRegQuery(['HKEY_LOCAL_MACHINE\\SOFTWARE\\WinFsp', '/v', 'InstallDir', '/reg:32'])).toEqual({
      key: 'HKLM\\SOFTWARE\\WOW6432Node\\WinFsp',
      hive: 'HKLM',
      value: 'InstallDir',
      recursive: false,
    });
  });
});

describe("cmd's own quotes", () => {
  it.each([
    ['cmd /c "echo hello> Y:\\f.txt"', 'echo hello> Y:\\f.txt'],
    ['cmd /s /c "dir "C:\\Program Files""', 'dir "C:\\Program Files"'],
    ['cmd /c "C:\\Program Files\\x.exe"', '"C:\\Program Files\\x.exe"'],
    ['cmd /c "a b" "c d"', 'a b" "c d'],
    ['"C:\\Windows\\System32\\cmd.exe" /q /c ver', 'ver'],
    ['cmd /cver', 'ver'],
  ])('%s runs %s', async (commandLine, expected) => {
    expect((await parseCmdSwitches(commandLine, async path => path.endsWith('x.exe'))).command).toBe(expected);
  });
});
