import { describe, expect, it } from 'vitest';
import type { RecordedAnswer } from '../../../shared/domain/recording.ts';
import { namesElsewhere } from './names-elsewhere.ts';
import { toThePoint, withoutOwnGroups } from './to-the-point.ts';

const ran = (argv: readonly string[], stdout: string): RecordedAnswer => ({
  ask: 'run',
  argv: [...argv],
  elapsedMs: 1,
  answer: { exitCode: 0, stdout, stderr: '' },
});

describe('names that a recording would give away', () => {
  it('are servers of net use, private registries and proxies, and no class of WinFsp', () => {
    const answers: readonly RecordedAnswer[] = [
      ran(
        ['net.exe', 'use'],
        'Status  Lokal  Remote\r\nOK      Y:     \\\\memfs\\share   WinFsp\r\nOK      Z:     \\\\files.corp.example\\all   Microsoft Windows Network\r\n',
      ),
      ran(
        ['C:\\Program Files (x86)\\WinFsp\\bin\\fsptool-x64.exe', 'lsvol'],
        'Y:  \\Device\\Volume{50cfe046-8503-403b-b89c-eb20bd9edf23}\\memfs\\share\n',
      ),
      {
        ask: 'get',
        path: '/images/json',
        elapsedMs: 1,
        answer: {
          body: [
            { RepoTags: ['mcr.microsoft.com/windows/servercore:ltsc2022', 'library/x:1'] },
            { RepoTags: ['registry.corp.example:5000/team/app:1'], RepoDigests: null },
          ],
        },
      },
      {
        ask: 'get',
        path: '/info',
        elapsedMs: 1,
        answer: {
          body: { Name: 'BUILD-7', HttpProxy: 'http://me:x@proxy.corp.example:3128', NoProxy: '.inner, other-box' },
        },
      },
    ];
    expect(namesElsewhere(answers)).toEqual([
      'files.corp.example',
      'registry.corp.example',
      'BUILD-7',
      'proxy.corp.example',
      'inner',
      'other-box',
    ]);
  });

  it('are groups of a domain, not those that every Windows has', () => {
    const line = (name: string, sid: string): string => `${name.padEnd(30)} Group   ${sid}  Enabled group\r\n`;
    const kept = `${line('Everyone', 'S-1-1-0')}${line('BUILTIN\\Users', 'S-1-5-32-545')}`;
    const high = line('Mandatory Label\\High', 'S-1-16-12288');
    const own = `${line('CORP\\Project Moonshot', 'S-1-5-21-1-2-3-1104')}${line('AzureAD\\X', 'S-1-12-1-1-2-3-4')}`;
    expect(withoutOwnGroups(`${kept}${own}${high}`)).toBe(`${kept}${high}`);
  });

  it('are the servers of kept drives and of the cache, the domain and its controller', () => {
    const answers: readonly RecordedAnswer[] = [
      ran(
        ['reg.exe', 'query', 'HKCU\\Network', '/s'],
        '\r\nHKEY_CURRENT_USER\\Network\\H\r\n    RemotePath    REG_SZ    \\\\home-7\\me\r\n',
      ),
      ran(
        ['reg.exe', 'query', 'HKCU\\Volatile Environment'],
        '\r\nHKEY_CURRENT_USER\\Volatile Environment\r\n    LOGONSERVER    REG_SZ    \\\\DC-1\r\n    USERDNSDOMAIN    REG_SZ    inner.example\r\n',
      ),
      {
        ask: 'kernel',
        question: { about: 'mup-prefix-cache' },
        elapsedMs: 1,
        answer: {
          prefixCache: [
            { uncName: '\\files-3\\all', providerName: '\\Device\\LanmanRedirector', ...REST },
            { uncName: '\\memfs', providerName: '\\Device\\WinFsp.Mup+2.1', ...REST },
          ],
        },
      },
    ];
    expect(namesElsewhere(answers)).toEqual(['home-7', 'DC-1', 'inner.example', 'inner', 'files-3']);
  });
});

const REST = { surrogateName: '', priority: 0, timeToLive: 1 };

describe('what a program printed', () => {
  const VOLATILE = '    APPDATA    REG_SZ    C:\\Users\\me\r\n    USERNAME    REG_SZ    me\r\n';
  it.each<[string, readonly string[], string, string]>([
    [
      "of the user's environment, is the domain alone",
      ['reg.exe', 'query', 'HKCU\\Volatile Environment'],
      `\r\nHKEY_CURRENT_USER\\Volatile Environment\r\n${VOLATILE}    LOGONSERVER    REG_SZ    \\\\DC\r\n`,
      '\r\nHKEY_CURRENT_USER\\Volatile Environment\r\n    LOGONSERVER    REG_SZ    \\\\DC\r\n',
    ],
    [
      'of a kept drive, is not who connects it',
      ['reg.exe', 'query', 'HKCU\\Network', '/s'],
      'HKEY_CURRENT_USER\\Network\\H\r\n    RemotePath    REG_SZ    \\\\a\\b\r\n    UserName    REG_SZ    CORP\\me\r\n',
      'HKEY_CURRENT_USER\\Network\\H\r\n    RemotePath    REG_SZ    \\\\a\\b\r\n',
    ],
    [
      'of installed programs, is WinFsp',
      ['reg.exe', 'query', 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall', '/s', '/v', 'DisplayName'],
      'HKEY_A\\1\r\n    DisplayName    REG_SZ    Private Ledger\r\nHKEY_A\\2\r\n    DisplayName    REG_SZ    WinFsp 2025\r\n',
      'HKEY_A\\2\r\n    DisplayName    REG_SZ    WinFsp 2025\r\n',
    ],
    [
      'of files that are replaced at the next start, are those of WinFsp',
      ['reg.exe', 'query', 'HKLM\\X', '/v', 'PendingFileRenameOperations'],
      '    PendingFileRenameOperations    REG_MULTI_SZ    \\??\\C:\\me\\diary.txt\\0\\??\\C:\\winfsp-x64.dll\r\n',
      '    PendingFileRenameOperations    REG_MULTI_SZ    \\??\\C:\\winfsp-x64.dll\r\n',
    ],
    ['of anything else, is kept', ['sc.exe', 'query', 'WinFsp'], 'STATE : 4\r\n', 'STATE : 4\r\n'],
  ])('%s', (_what, argv, text, kept) => {
    expect(toThePoint(argv, text)).toBe(kept);
  });
});
