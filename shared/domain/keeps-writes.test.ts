import { describe, expect, it } from 'vitest';
import { keepsWrites } from './keeps-writes.ts';

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
