import type { Profile, StopRung } from './profile.ts';

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
  },
  {
    name: 'memfs-network',
    title: 'memfs, as a network file system',
    description: 'The same behind a UNC prefix: reached from outside the container as well.',
    command: ['{winfsp}\\bin\\memfs-x64.exe', '-i', '-F', 'NTFS', '-m', '{mountPoint}', '-u', '{uncPrefix}'],
    kind: 'network',
    defaults: { mountPoint: 'Y:', uncPrefix: '\\memfs\\share' },
    privateTwin: 'memfs-disk',
  },
  {
    name: 'rclone-disk',
    title: 'rclone mount, as a disk',
    description: "A remote of rclone's configuration (`remote:` here) as a drive letter.",
    command: ['C:\\rclone\\rclone.exe', 'mount', 'remote:', '{mountPoint}', '--rc'],
    environment: FINDS_WINFSP,
    stop: RCLONE_ENDS,
    kind: 'disk',
    defaults: DISK,
    needs: 'rclone.exe and its configuration in C:\\rclone',
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
    kind: 'network',
    defaults: { mountPoint: 'Y:', uncPrefix: '\\rclone\\remote' },
    privateTwin: 'rclone-disk',
    needs: 'rclone.exe and its configuration in C:\\rclone',
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
    kind: 'disk',
    defaults: DISK,
    needs: 'juicefs.exe and a formatted volume in C:\\juicefs',
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
    kind: 'network',
    defaults: { mountPoint: 'Y:', uncPrefix: '\\juicefs-data\\data' },
    privateTwin: 'juicefs-disk',
    needs: 'juicefs.exe and a formatted volume in C:\\juicefs',
  },
  {
    name: 'hubfs-disk',
    title: 'hubfs, as a disk',
    description: 'Repositories of github.com as directories, on a drive letter.',
    command: ['C:\\hubfs\\hubfs.exe', 'github.com', '{mountPoint}'],
    environment: FINDS_WINFSP,
    kind: 'disk',
    defaults: DISK,
    needs: 'hubfs.exe in C:\\hubfs',
  },
  {
    name: 'hubfs-network',
    title: 'hubfs, as a network file system',
    description: 'The same with a volume prefix, as `net use` and the WinFsp launcher start it.',
    command: ['C:\\hubfs\\hubfs.exe', '-o', 'VolumePrefix={uncPrefix}', 'github.com', '{mountPoint}'],
    environment: FINDS_WINFSP,
    kind: 'network',
    defaults: { mountPoint: 'Y:', uncPrefix: '\\hubfs\\github.com' },
    privateTwin: 'hubfs-disk',
    needs: 'hubfs.exe in C:\\hubfs',
  },
  {
    name: 'sshfs-win-disk',
    title: 'SSHFS-Win (cmd), as a disk',
    description: 'A directory of an SSH server. Its Cygwin runtime is untested in containers.',
    command: ['C:\\sshfs-win\\bin\\sshfs-win.exe', 'cmd', 'user@host:/', '{mountPoint}'],
    environment: FINDS_WINFSP,
    kind: 'disk',
    defaults: DISK,
    needs: 'SSHFS-Win in C:\\sshfs-win, and a key',
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
    needs: 'SSHFS-Win in C:\\sshfs-win, and a key',
  },
];

/** What the placeholders of a profile's command stand for. */
export interface ProfileFilling {
  /** The installation directory of WinFsp, without a trailing backslash. */
  readonly winfsp: string;
  readonly mountPoint?: string | undefined;
  readonly uncPrefix?: string | undefined;
}

/** A profile's argv with its placeholders filled in, its defaults standing in for what is absent. */
export function fillProfile(profile: Profile, filling: ProfileFilling): string[] {
  return profile.command.map(part => fill(part, profile, filling));
}

/** The argv of a rung, filled in as the launch was. */
export function fillRung(rung: StopRung, profile: Profile, filling: ProfileFilling): string[] {
  return rung.command.map(part => fill(part, profile, filling));
}

/** The variables a profile's program needs, filled in. */
export function fillEnvironment(profile: Profile, filling: ProfileFilling): Record<string, string> {
  const variables = Object.entries(profile.environment ?? {});
  return Object.fromEntries(variables.map(([name, value]) => [name, fill(value, profile, filling)]));
}

/** Variables with others on top. Windows does not tell `Path` from `PATH`, so neither does this. */
export function withVariables(
  own: Readonly<Record<string, string>>,
  others: Readonly<Record<string, string>>,
): Record<string, string> {
  const replaced = new Set(Object.keys(others).map(name => name.toUpperCase()));
  const kept = Object.entries(own).filter(([name]) => !replaced.has(name.toUpperCase()));
  return { ...Object.fromEntries(kept), ...others };
}

function fill(text: string, { defaults }: Profile, { winfsp, mountPoint, uncPrefix }: ProfileFilling): string {
  const values: Readonly<Record<string, string>> = {
    winfsp: winfsp.replace(/\\+$/, ''),
    mountPoint: mountPoint ?? defaults.mountPoint ?? '*',
    uncPrefix: uncPrefix ?? defaults.uncPrefix ?? '',
  };
  return text.replace(/\{(winfsp|mountPoint|uncPrefix)\}/g, (_, name: string) => values[name] ?? '');
}
