import { describe, expect, it } from 'vitest';
import { keepsWrites, writesThrough } from './keeps-writes.ts';

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
