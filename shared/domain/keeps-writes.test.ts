import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeWrites, type KnownEnvironment, keepsWrites, type Writes, writesThrough } from './keeps-writes.ts';

describe('a command line whose program passes writes on later', () => {
  it.each<[string[], boolean]>([
    [['C:\\rclone\\rclone.exe', 'mount', 'r:', 'Z:', '--vfs-cache-mode', 'writes'], true],
    [['rclone', 'mount', 'r:', 'Z:', '--vfs-cache-mode=full'], true],
    [['cmd', '/c', 'C:\\rclone\\rclone.exe mount r: Z: --vfs-cache-mode minimal & pause'], true],
    [['rclone.exe', 'mount', 'r:', 'Z:', '--vfs-cache-mode', 'off'], false],
    [['rclone.exe', 'mount', 'r:', 'Z:'], false],
    [['memfs-x64.exe', '-m', 'Z:', '--vfs-cache-mode', 'writes'], false],
    [['C:\\juicefs\\juicefs.exe', 'mount', 'redis://h/1', 'J:', '--writeback'], true],
    [['juicefs.exe', 'mount', 'redis://h/1', 'J:', '--writeback=false'], false],
    [['juicefs.exe', 'mount', 'redis://h/1', 'J:'], false],
    [[], false],
  ])('%j: %s', (argv, keeps) => {
    expect(keepsWrites(argv)).toBe(keeps);
  });
});

describe('a command line whose program has nothing on disk that it has yet to write', () => {
  const RCLONE = ['C:\\rclone\\rclone.exe', 'mount', 'r:', 'Z:'];
  it.each<[string, string[], string[], boolean]>([
    ['rclone by default', RCLONE, [], true],
    ['rclone beside other variables', RCLONE, ['PATH', 'RCLONE_CONFIG'], true],
    ['rclone with the cache off', [...RCLONE, '--vfs-cache-mode', 'off'], [], true],
    ['the same in one word', [...RCLONE, '--vfs-cache-mode=off'], [], true],
    ['rclone that holds files open for both on disk', [...RCLONE, '--vfs-cache-mode', 'minimal'], [], false],
    ['rclone with a cache of writes', [...RCLONE, '--vfs-cache-mode=writes'], [], false],
    ['the last of two modes', [...RCLONE, '--vfs-cache-mode', 'off', '--vfs-cache-mode', 'full'], [], false],
    ['a mode that nobody knows', [...RCLONE, '--vfs-cache-mode'], [], false],
    ['a mode that the environment may set', RCLONE, ['rclone_vfs_cache_mode'], false],
    ['a remote that holds uploads back', [...RCLONE, '--cache-tmp-upload-path', 'C:\\up'], [], false],
    ['rclone that mounts nothing', ['rclone.exe', 'rcd'], [], false],
    ['rclone inside a shell', ['cmd.exe', '/c', RCLONE.join(' ')], [], false],
    ['another program', ['juicefs.exe', 'mount', 'redis://h/1', 'J:'], [], false],
    ['nothing', [], [], false],
  ])('%s', (_, argv, variables, through) => {
    expect(writesThrough(argv, variables)).toBe(through);
    if (through) expect(keepsWrites(argv, variables)).toBe(false);
  });

  it('is not held by one whose environment may set a cache', () => {
    expect(keepsWrites(RCLONE, ['RCLONE_VFS_CACHE_MODE'])).toBe(true);
  });
});

describe('when a program writes what it takes', () => {
  const MOUNT = ['rclone.exe', 'mount', 'cloud:docs', 'Z:'];
  const PLAIN = ['rclone.exe', 'mount', ':sftp,host=h:docs', 'Z:'];
  const AT_ONCE: Writes = { when: 'at-once' };
  const UNTOLD: Writes = { when: 'untold' };
  const later = (by: string): Writes => ({ when: 'later', by });
  const THROUGH: Writes = { when: 'at-once', unless: 'configuration' };

  it.each<[string, readonly string[], KnownEnvironment, Writes]>([
    ['rclone, of a remote that is described in place', PLAIN, {}, AT_ONCE],
    ['rclone, of a remote that only its configuration knows', MOUNT, {}, THROUGH],
    ['the same, where variables describe it', MOUNT, { RCLONE_CONFIG_CLOUD_TYPE: 's3' }, AT_ONCE],
    ['of a directory', ['rclone', 'mount', 'C:\\data', 'Z:'], {}, AT_ONCE],
    ['a mode by its environment', PLAIN, { rclone_vfs_cache_mode: 'Full' }, later('rclone_vfs_cache_mode')],
    ['a mode whose value is not known', PLAIN, { RCLONE_VFS_CACHE_MODE: undefined }, later('RCLONE_VFS_CACHE_MODE')],
    ['none by its environment', PLAIN, { RCLONE_VFS_CACHE_MODE: 'off' }, AT_ONCE],
    [
      'a flag that beats its environment',
      [...PLAIN, '--vfs-cache-mode=off'],
      { RCLONE_VFS_CACHE_MODE: 'full' },
      AT_ONCE,
    ],
    ['the last of two flags', [...PLAIN, '--vfs-cache-mode', 'full', '--vfs-cache-mode=off'], {}, AT_ONCE],
    ['an underscore', [...PLAIN, '--vfs_cache_mode=writes'], {}, later('--vfs-cache-mode writes')],
    ['a mode of tomorrow', [...PLAIN, '--vfs-cache-mode', 'mirror'], {}, UNTOLD],
    [
      'uploads held back by a connection string',
      ['rclone', 'mount', 'c,tmp_upload_path=C:\\up:', 'Z:'],
      {},
      later('tmp_upload_path'),
    ],
    [
      'uploads held back by a described remote',
      MOUNT,
      { RCLONE_CONFIG_CLOUD_TMP_UPLOAD_PATH: 'C:\\up' },
      later('RCLONE_CONFIG_CLOUD_TMP_UPLOAD_PATH'),
    ],
    ['rclone that mounts nothing', ['rclone.exe', 'rcd'], {}, UNTOLD],
    [
      'a shell that sets the mode',
      ['cmd', '/c', 'set RCLONE_VFS_CACHE_MODE=full&& rclone mount r: Z:'],
      {},
      later('RCLONE_VFS_CACHE_MODE=full'),
    ],
    [
      'PowerShell that sets it',
      ['pwsh', '-c', "$env:RCLONE_VFS_CACHE_MODE = 'writes'; rclone mount r: Z:"],
      {},
      later("RCLONE_VFS_CACHE_MODE = 'writes"),
    ],
    [
      'a shell whose environment has it',
      ['cmd', '/c', 'rclone mount r: Z:'],
      { RCLONE_VFS_CACHE_MODE: 'full' },
      later('RCLONE_VFS_CACHE_MODE'),
    ],
    [
      'a shell with a flag in quotes',
      ['cmd', '/c', 'rclone mount r: Z: "--vfs-cache-mode=full"'],
      {},
      later('--vfs-cache-mode=full'),
    ],
    ['a shell that says nothing of it', ['cmd', '/c', 'rclone mount r: Z:'], {}, UNTOLD],
    ['a script', ['cmd.exe', '/c', 'C:\\start.cmd'], {}, UNTOLD],
    ['JuiceFS', ['juicefs', 'mount', 'sqlite3://m.db', 'J:'], {}, AT_ONCE],
    ['JuiceFS with a value', ['juicefs', 'mount', '--writeback=true', 'redis://h', 'J:'], {}, later('--writeback')],
    ['JuiceFS with one dash', ['juicefs', 'mount', '-writeback', 'redis://h', 'J:'], {}, later('--writeback')],
    [
      'JuiceFS that takes it back',
      ['juicefs', 'mount', '--writeback', '--writeback=0', 'redis://h', 'J:'],
      {},
      AT_ONCE,
    ],
    [
      'JuiceFS with a switch that begins alike',
      ['juicefs', 'mount', '--writeback-threshold-size=1', 'redis://h', 'J:'],
      {},
      AT_ONCE,
    ],
    [
      'JuiceFS in a shell, with a value',
      ['cmd', '/c', 'juicefs mount redis://h J: --writeback=1'],
      {},
      later('--writeback'),
    ],
    ['a program that nobody here knows', ['own.exe', '-m', 'Z:'], {}, UNTOLD],
    ['nothing', [], {}, UNTOLD],
  ])('%s', (_, argv, environment, writes) => {
    expect(judgeWrites(argv, environment)).toEqual(writes);
  });

  it('is judged of any command line', () => {
    const word = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'rclone',
        'mount',
        'juicefs.exe',
        'cmd',
        '/c',
        '--vfs-cache-mode',
        'full',
        '--writeback',
        'r:',
        '=',
        '"',
      ),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), fc.dictionary(fc.string(), fc.string()), (argv, environment) => {
        const { when } = judgeWrites(argv, environment);
        expect(['later', 'at-once', 'untold']).toContain(when);
        // Of one that writes at once nobody says the contrary by the same names.
        if (when === 'later') expect(writesThrough(argv, Object.keys(environment))).toBe(false);
      }),
    );
  });
});
