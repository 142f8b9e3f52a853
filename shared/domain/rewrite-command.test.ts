import { describe, expect, it } from 'vitest';
import { isReadOnly, rewriteCommand } from './rewrite-command.ts';

const line = (text: string): string[] => text.split(' ');

describe('a command line rewritten', () => {
  it.each([
    ['memfs-x64.exe -i -m Y: -u \\memfs\\share', 'memfs-x64.exe -i -m Y:'],
    ['rclone.exe mount remote: Y: --network-mode --volname \\\\a\\b', 'rclone.exe mount remote: Y:'],
    ['rclone.exe mount remote: Y: --fuse-flag -oVolumePrefix=\\a\\b', 'rclone.exe mount remote: Y:'],
    ['rclone.exe mount remote: \\\\cloud\\remote', 'rclone.exe mount remote: *'],
    ['juicefs.exe mount sqlite3://x Y:', 'juicefs.exe mount --as-local-volume sqlite3://x Y:'],
    ['juicefs.exe mount -o a=b,VolumePrefix=\\a\\b db Y:', 'juicefs.exe mount --as-local-volume -o a=b db Y:'],
    ['sshfs-win.exe cmd -oVolumePrefix=/sshfs/u u@h:/ Y:', 'sshfs-win.exe cmd u@h:/ Y:'],
    ['sshfs-win.exe svc \\sshfs.k\\u@h Y:', undefined],
    ['hubfs.exe -o VolumePrefix=\\hubfs\\x github.com Y:', 'hubfs.exe github.com Y:'],
    ['passthrough-fuse.exe --VolumePrefix=\\pass\\through C:\\d Y:', 'passthrough-fuse.exe C:\\d Y:'],
    ['memfs-x64.exe -u \\memfs\\share', 'memfs-x64.exe -m *'],
    ['cmd.exe /c memfs-x64.exe -m Y: -u \\memfs\\share', undefined],
    ['ping.exe -t localhost', undefined],
  ])('as a disk: %s', (from, to) => {
    expect(rewriteCommand(line(from), { to: 'disk' })).toEqual(to === undefined ? undefined : line(to));
  });

  it.each([
    ['memfs-x64.exe -m Y: -u \\memfs\\share', 'memfs-x64.exe -m Y: -u \\new\\share'],
    [
      'rclone.exe mount remote: Y: --network-mode',
      'rclone.exe mount remote: Y: --network-mode --volname \\\\new\\share',
    ],
    ['juicefs.exe mount db Y:', 'juicefs.exe mount -o VolumePrefix=\\new\\share db Y:'],
    ['hubfs.exe -o VolumePrefix=\\hubfs\\x github.com Y:', 'hubfs.exe -o VolumePrefix=\\new\\share github.com Y:'],
    ['sshfs-win.exe cmd -oVolumePrefix=\\a\\b u@h:/ Y:', 'sshfs-win.exe cmd -o VolumePrefix=\\new\\share u@h:/ Y:'],
    ['sshfs-win.exe svc \\sshfs.k\\u@h Y:', undefined],
    ['fs.exe --VolumePrefix=\\a\\b C:\\d Y:', 'fs.exe -o VolumePrefix=\\new\\share C:\\d Y:'],
  ])('under another prefix: %s', (from, to) => {
    expect(rewriteCommand(line(from), { to: 'prefix', uncPrefix: '\\new\\share' })).toEqual(
      to === undefined ? undefined : line(to),
    );
  });

  it.each([
    ['rclone.exe mount remote: Y: --network-mode', 'rclone.exe mount --read-only remote: Y: --network-mode'],
    ['juicefs.exe mount db Y:', 'juicefs.exe mount --read-only db Y:'],
    ['hubfs.exe -o VolumePrefix=\\a\\b github.com Y:', 'hubfs.exe -readonly -o VolumePrefix=\\a\\b github.com Y:'],
    ['hubfs.exe -readonly -o VolumePrefix=\\a\\b github.com Y:', undefined],
    ['memfs-x64.exe -m Y: -u \\memfs\\share', undefined],
  ])('read-only: %s', (from, to) => {
    const rewritten = rewriteCommand(line(from), { to: 'read-only' });
    expect(rewritten).toEqual(to === undefined ? undefined : line(to));
    expect(isReadOnly(rewritten ?? [])).toBe(to !== undefined);
  });
});
