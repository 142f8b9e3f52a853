import { describe, expect, it } from 'vitest';
import { splitCommandLine } from './command-line.ts';
import { recogniseFileSystem } from './file-system-command.ts';

describe('the command line of a file system', () => {
  it.each([
    ['memfs-x64 -i -F NTFS -m Z:', { program: 'memfs', kind: 'disk', mountPoint: 'Z:', because: 'disk-by-default' }],
    [
      '"C:\\Program Files (x86)\\WinFsp\\bin\\memfs-x64.exe" -i -F NTFS -m Y: -u \\memfs\\share',
      {
        program: 'memfs',
        kind: 'network',
        mountPoint: 'Y:',
        uncPrefix: '\\memfs\\share',
        because: 'unc-prefix-switch',
      },
    ],
    [
      'memfs-x64.exe -u \\memfs\\share\\',
      { program: 'memfs', kind: 'network', mountPoint: '*', uncPrefix: '\\memfs\\share', because: 'unc-prefix-switch' },
    ],
    [
      'cmd /s /c "memfs-x64.exe -m Z:"',
      { program: 'memfs', kind: 'disk', mountPoint: 'Z:', because: 'disk-by-default' },
    ],
    [
      'cmd.exe /c memfs-x64.exe -m Z:',
      { program: 'memfs', kind: 'disk', mountPoint: 'Z:', because: 'disk-by-default' },
    ],

    ['rclone mount r:p X:', { program: 'rclone', kind: 'disk', mountPoint: 'X:', because: 'disk-by-default' }],
    [
      'rclone mount --vfs-cache-mode full r:p X:\\',
      { program: 'rclone', kind: 'disk', mountPoint: 'X:', because: 'disk-by-default' },
    ],
    [
      'rclone --config C:\\r.conf mount r:p/q X: --network-mode',
      {
        program: 'rclone',
        kind: 'network',
        mountPoint: 'X:',
        uncPrefix: '\\server\\r p q',
        because: 'network-mode-switch',
      },
    ],
    [
      'rclone mount r: X: --network-mode --volname data',
      {
        program: 'rclone',
        kind: 'network',
        mountPoint: 'X:',
        uncPrefix: '\\server\\data',
        because: 'network-mode-switch',
      },
    ],
    [
      'rclone mount r: X: --volname \\\\cloud\\r',
      { program: 'rclone', kind: 'network', mountPoint: 'X:', uncPrefix: '\\cloud\\r', because: 'volume-name-is-unc' },
    ],
    [
      'rclone mount r: \\\\cloud\\r',
      { program: 'rclone', kind: 'network', mountPoint: '*', uncPrefix: '\\cloud\\r', because: 'mount-point-is-unc' },
    ],
    [
      'rclone cmount r: C:\\mnt --network-mode',
      { program: 'rclone', kind: 'disk', mountPoint: 'C:\\mnt', because: 'disk-by-default' },
    ],
    [
      'rclone mount r: X: --fuse-flag --VolumePrefix=\\a\\b',
      { program: 'rclone', kind: 'network', mountPoint: 'X:', uncPrefix: '\\a\\b', because: 'volume-prefix-option' },
    ],
    [
      'rclone mount r: X: --network-mode=false',
      { program: 'rclone', kind: 'disk', mountPoint: 'X:', because: 'disk-by-default' },
    ],
    ['rclone mount r: *', { program: 'rclone', kind: 'disk', mountPoint: '*', because: 'disk-by-default' }],
    ['rclone sync a b', undefined],

    [
      'juicefs mount redis://h/1 Z:',
      { program: 'juicefs', kind: 'network', mountPoint: 'Z:', because: 'network-by-default' },
    ],
    [
      'juicefs mount --alias data redis://h/1 Z:',
      {
        program: 'juicefs',
        kind: 'network',
        mountPoint: 'Z:',
        uncPrefix: '\\juicefs-data\\data',
        because: 'network-by-default',
      },
    ],
    [
      'juicefs mount --as-local-volume redis://h/1 Z:',
      { program: 'juicefs', kind: 'disk', mountPoint: 'Z:', because: 'disk-by-switch' },
    ],
    [
      'juicefs mount -o VolumePrefix=/a/b redis://h/1 Z:',
      { program: 'juicefs', kind: 'network', mountPoint: 'Z:', uncPrefix: '\\a\\b', because: 'volume-prefix-option' },
    ],
    ['juicefs format redis://h/1 x', undefined],

    [
      'sshfs-win svc \\sshfs.k\\user@host Y:',
      {
        program: 'sshfs-win',
        kind: 'network',
        mountPoint: 'Y:',
        uncPrefix: '\\sshfs.k\\user@host',
        because: 'service-form',
      },
    ],
    [
      'sshfs-win cmd user@host:/ Z: -o port=22',
      { program: 'sshfs-win', kind: 'disk', mountPoint: 'Z:', because: 'disk-by-default' },
    ],
    ['sshfs-win', undefined],

    ['hubfs github.com Z:', { program: 'hubfs', kind: 'disk', mountPoint: 'Z:', because: 'disk-by-default' }],
    [
      'hubfs -o VolumePrefix=\\hubfs\\github.com github.com Y:',
      {
        program: 'hubfs',
        kind: 'network',
        mountPoint: 'Y:',
        uncPrefix: '\\hubfs\\github.com',
        because: 'launcher-form',
      },
    ],

    [
      'memfs-fuse-x64.exe -o VolumePrefix=\\my\\fs X:',
      {
        program: 'winfsp-fuse',
        kind: 'network',
        mountPoint: 'X:',
        uncPrefix: '\\my\\fs',
        because: 'volume-prefix-option',
      },
    ],
    [
      'passthrough-x64.exe -u \\pass\\through -p C:\\data -m X:',
      {
        program: 'winfsp-native',
        kind: 'network',
        mountPoint: 'X:',
        uncPrefix: '\\pass\\through',
        because: 'unc-prefix-switch',
      },
    ],
    [
      'ntptfs-x64.exe -p C:\\data -m X:',
      { program: 'winfsp-native', kind: 'disk', mountPoint: 'X:', because: 'disk-by-default' },
    ],
    [
      'myfs.exe -f --VolumePrefix=\\my\\fs X:',
      {
        program: 'winfsp-fuse',
        kind: 'network',
        mountPoint: 'X:',
        uncPrefix: '\\my\\fs',
        because: 'volume-prefix-option',
      },
    ],
    [
      'myfs.exe -ouid=-1,VolumePrefix=/my/fs C:\\mnt',
      {
        program: 'winfsp-fuse',
        kind: 'network',
        mountPoint: 'C:\\mnt',
        uncPrefix: '\\my\\fs',
        because: 'volume-prefix-option',
      },
    ],
    [
      'myfs.exe -o VolumePrefix=\\bad X:',
      { program: 'winfsp-fuse', kind: 'network', mountPoint: 'X:', because: 'volume-prefix-option' },
    ],
    ['myfs.exe X:', undefined],
    ['ping -t localhost', undefined],
    ['cmd', undefined],
    ['', undefined],
  ])('%s', (line, recognised) => {
    expect(recogniseFileSystem(splitCommandLine(line))).toEqual(recognised);
  });
});
