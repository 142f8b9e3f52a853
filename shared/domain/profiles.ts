import type { Profile, StopRung } from './profile.ts';
import type { SecretNeed } from './profile-secret.ts';
import { HUBFS_RECIPE, JUICEFS_RECIPE, MEMFS_RECIPE, RCLONE_RECIPE, SSHFS_WIN_RECIPE } from './recipes.ts';

const DISK = { mountPoint: 'Z:' } as const;

/**
 * Programs that are not WinFsp's own look for its DLL on the path, and then in the registry, which a container lacks.
 * Ground: winfsp inc/winfsp/winfsp.h (FspLoad), cgofuse fuse/host_cgo.go. The rest is a Windows image's own path.
 */
const FINDS_WINFSP = {
  PATH: '{winfsp}\\bin;C:\\Windows\\system32;C:\\Windows;C:\\Windows\\System32\\Wbem;C:\\Windows\\System32\\WindowsPowerShell\\v1.0',
} as const;

/**
 * Uploads that wait for their time are lost with the container: they are waited for. Needs `--rc`, which listens inside
 * the container only. Ground: rclone vfs/rc.go (vfs/stats), fs/rc/internal.go (core/quit).
 */
const RCLONE_ENDS: StopRung[] = [
  {
    kind: 'wait',
    command: ['C:\\rclone\\rclone.exe', 'rc', 'vfs/stats'],
    counts: ['diskCache.uploadsInProgress', 'diskCache.uploadsQueued'],
    what: 'upload',
  },
  { kind: 'ask', command: ['C:\\rclone\\rclone.exe', 'rc', 'core/quit'] },
];
/** Ground: juicefs cmd/umount.go. */
const JUICEFS_ENDS: StopRung[] = [{ kind: 'ask', command: ['C:\\juicefs\\juicefs.exe', 'umount', '{mountPoint}'] }];

/**
 * The whole of rclone.conf, tokens included, or only the password of one that is encrypted and in the image. What rclone
 * writes into the first, such as renewed tokens, ends with the container. Ground: rclone fs/config/crypt.go
 * (GetPasswordCommand: arguments split at blanks, line ends cut off).
 */
const RCLONE_SECRETS: SecretNeed[] = [
  {
    name: 'rclone-config',
    title: 'rclone.conf, whole',
    deliver: { by: 'file' },
    optional: true,
    arguments: ['--config', '{secret:rclone-config}'],
  },
  {
    name: 'rclone-config-password',
    title: 'Password of an encrypted rclone.conf',
    deliver: { by: 'file' },
    optional: true,
    arguments: ['--password-command', 'cmd.exe /d /c type {secret:rclone-config-password}'],
  },
];
/** So that neither stands in the metadata URL. Ground: juicefs pkg/meta/utils.go (setPasswordFromEnv), cmd/mount.go. */
const JUICEFS_SECRETS: SecretNeed[] = [
  {
    name: 'juicefs-meta-password',
    title: 'Password of the metadata engine',
    deliver: { by: 'file' },
    optional: true,
    environment: { META_PASSWORD_FILE: '{secret:juicefs-meta-password}' },
  },
  {
    name: 'juicefs-rsa-passphrase',
    title: 'Passphrase of the RSA key of an encrypted volume',
    deliver: { by: 'environment', variable: 'JFS_RSA_PASSPHRASE' },
    optional: true,
  },
];
/** hubfs knows the keyring of a desktop, which a container has not, or the argument. Ground: hubfs src/main.go. */
const HUBFS_SECRETS: SecretNeed[] = [
  {
    name: 'hubfs-token',
    title: 'Token of the code host',
    deliver: { by: 'argument' },
    optional: true,
    arguments: ['-auth', 'token={secret:hubfs-token}'],
  },
];
const SSH_KEY: SecretNeed = {
  name: 'ssh-key',
  title: "Private key, in OpenSSH's form",
  deliver: { by: 'file' },
  optional: true,
  arguments: ['-oIdentityFile=/cygdrive/c/ProgramData/Siloscope/secrets/ssh-key'],
};
/** sshfs gets an environment of its own, so no variable reaches it. Ground: sshfs-win sshfs-win.c, sshfs sshfs.c. */
const SSH_PASSWORD: SecretNeed = {
  name: 'ssh-password',
  title: 'Password at the SSH server',
  deliver: { by: 'stdin' },
  optional: true,
  arguments: ['-opassword_stdin'],
};
/** Ground: cygfuse.c looks for the DLL by name, on a path that sshfs-win sets to its own bin, and then in the registry. */
const SSHFS_NEEDS =
  "SSHFS-Win in C:\\sshfs-win, winfsp-x64.dll and .sxs of WinFsp copied into its bin, the server's key in known_hosts, and a key unless one is given";

/**
 * The profiles that come with Siloscope. Commands start with the program's hard-wired path, because the registry in a
 * container has no WinFsp entries. Ground: WinFsp-Container-Support.asciidoc; the switches that make a volume a disk or
 * a network one are those of each program's sources.
 */
export const BUILT_IN_PROFILES: readonly Profile[] = [
  {
    name: 'memfs-disk',
    title: 'memfs, as a disk',
    description: "WinFsp's own file system in memory. Comes with WinFsp; its content ends with the process.",
    command: ['{winfsp}\\bin\\memfs-x64.exe', '-i', '-F', 'NTFS', '-m', '{mountPoint}'],
    kind: 'disk',
    defaults: DISK,
    recipe: MEMFS_RECIPE,
  },
  {
    name: 'memfs-network',
    title: 'memfs, as a network file system',
    description: 'The same behind a UNC prefix: reached from outside the container as well.',
    command: ['{winfsp}\\bin\\memfs-x64.exe', '-i', '-F', 'NTFS', '-m', '{mountPoint}', '-u', '{uncPrefix}'],
    kind: 'network',
    defaults: { mountPoint: 'Y:', uncPrefix: '\\memfs\\share' },
    privateTwin: 'memfs-disk',
    recipe: MEMFS_RECIPE,
  },
  {
    name: 'rclone-disk',
    title: 'rclone mount, as a disk',
    description: "A remote of rclone's configuration (`remote:` here) as a drive letter.",
    command: ['C:\\rclone\\rclone.exe', 'mount', 'remote:', '{mountPoint}', '--rc'],
    environment: FINDS_WINFSP,
    stop: RCLONE_ENDS,
    secrets: RCLONE_SECRETS,
    kind: 'disk',
    defaults: DISK,
    needs: 'rclone.exe in C:\\rclone, and its configuration unless that is given',
    recipe: RCLONE_RECIPE,
  },
  {
    name: 'rclone-network',
    title: 'rclone mount, as a network file system',
    description: 'The same with `--network-mode`: a UNC prefix that leads in from outside.',
    command: [
      'C:\\rclone\\rclone.exe',
      'mount',
      'remote:',
      '{mountPoint}',
      '--network-mode',
      '--volname',
      '\\{uncPrefix}',
      '--rc',
    ],
    environment: FINDS_WINFSP,
    stop: RCLONE_ENDS,
    secrets: RCLONE_SECRETS,
    kind: 'network',
    defaults: { mountPoint: 'Y:', uncPrefix: '\\rclone\\remote' },
    privateTwin: 'rclone-disk',
    needs: 'rclone.exe in C:\\rclone, and its configuration unless that is given',
    recipe: RCLONE_RECIPE,
  },
  {
    name: 'juicefs-disk',
    title: 'JuiceFS, as a disk',
    description: 'JuiceFS with its hidden flag `--as-local-volume`, without which it is a network file system.',
    command: [
      'C:\\juicefs\\juicefs.exe',
      'mount',
      '--as-local-volume',
      'sqlite3://C:\\juicefs\\meta.db',
      '{mountPoint}',
    ],
    environment: FINDS_WINFSP,
    stop: JUICEFS_ENDS,
    secrets: JUICEFS_SECRETS,
    kind: 'disk',
    defaults: DISK,
    needs: 'juicefs.exe and a formatted volume in C:\\juicefs',
    recipe: JUICEFS_RECIPE,
  },
  {
    name: 'juicefs-network',
    title: 'JuiceFS, as it mounts by default',
    description: 'JuiceFS makes itself a network file system, `\\\\juicefs-NAME\\NAME`, unless told otherwise.',
    command: [
      'C:\\juicefs\\juicefs.exe',
      'mount',
      '-o',
      'VolumePrefix={uncPrefix}',
      'sqlite3://C:\\juicefs\\meta.db',
      '{mountPoint}',
    ],
    environment: FINDS_WINFSP,
    stop: JUICEFS_ENDS,
    secrets: JUICEFS_SECRETS,
    kind: 'network',
    defaults: { mountPoint: 'Y:', uncPrefix: '\\juicefs-data\\data' },
    privateTwin: 'juicefs-disk',
    needs: 'juicefs.exe and a formatted volume in C:\\juicefs',
    recipe: JUICEFS_RECIPE,
  },
  {
    name: 'hubfs-disk',
    title: 'hubfs, as a disk',
    description: 'Repositories of github.com as directories, on a drive letter. Public ones, unless a token is given.',
    command: ['C:\\hubfs\\hubfs.exe', '-auth', 'none', '{secrets}', 'github.com', '{mountPoint}'],
    environment: FINDS_WINFSP,
    secrets: HUBFS_SECRETS,
    kind: 'disk',
    defaults: DISK,
    needs: 'hubfs.exe in C:\\hubfs',
    recipe: HUBFS_RECIPE,
  },
  {
    name: 'hubfs-network',
    title: 'hubfs, as a network file system',
    description: 'The same with a volume prefix, as `net use` and the WinFsp launcher start it.',
    command: [
      'C:\\hubfs\\hubfs.exe',
      '-auth',
      'none',
      '{secrets}',
      '-o',
      'VolumePrefix={uncPrefix}',
      'github.com',
      '{mountPoint}',
    ],
    environment: FINDS_WINFSP,
    secrets: HUBFS_SECRETS,
    kind: 'network',
    defaults: { mountPoint: 'Y:', uncPrefix: '\\hubfs\\github.com' },
    privateTwin: 'hubfs-disk',
    needs: 'hubfs.exe in C:\\hubfs',
    recipe: HUBFS_RECIPE,
  },
  {
    name: 'sshfs-win-disk',
    title: 'SSHFS-Win (cmd), as a disk',
    description: 'A directory of an SSH server. Its Cygwin runtime is untested in containers.',
    command: ['C:\\sshfs-win\\bin\\sshfs-win.exe', 'cmd', '-f', '{secrets}', 'user@host:/', '{mountPoint}'],
    environment: FINDS_WINFSP,
    secrets: [SSH_PASSWORD, SSH_KEY],
    kind: 'disk',
    defaults: DISK,
    needs: SSHFS_NEEDS,
    recipe: SSHFS_WIN_RECIPE,
  },
  {
    name: 'sshfs-win-network',
    title: 'SSHFS-Win (svc), as a network file system',
    description: 'The service form, which always adds a volume prefix. Its Cygwin runtime is untested in containers.',
    command: ['C:\\sshfs-win\\bin\\sshfs-win.exe', 'svc', '{uncPrefix}', '{mountPoint}'],
    environment: FINDS_WINFSP,
    kind: 'network',
    defaults: { mountPoint: 'Y:', uncPrefix: '\\sshfs.k\\user@host' },
    privateTwin: 'sshfs-win-disk',
    needs: SSHFS_NEEDS,
    recipe: SSHFS_WIN_RECIPE,
  },
];
