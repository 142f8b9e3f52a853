import { splitCommandLine } from './command-line.ts';
import { parseMountPoint } from './mount-point.ts';
import { classOf, parseUncPrefix } from './unc-prefix.ts';
import type { VolumeKind } from './volume.ts';

/** The switch or the habit that makes a file system's volume a disk or a network one. */
export type KindBecause =
  | 'disk-by-default'
  | 'disk-by-switch'
  | 'network-by-default'
  | 'unc-prefix-switch'
  | 'volume-prefix-option'
  | 'network-mode-switch'
  | 'volume-name-is-unc'
  | 'mount-point-is-unc'
  | 'service-form'
  /** As WinFsp's Launcher starts it for `net use`: its registration always sets a prefix. */
  | 'launcher-form';

/** What a command line says it will mount. */
export interface FileSystemCommand {
  readonly program: 'memfs' | 'rclone' | 'juicefs' | 'sshfs-win' | 'hubfs' | 'winfsp-native' | 'winfsp-fuse';
  readonly kind: VolumeKind;
  /** As written; `*` when the program picks a letter. */
  readonly mountPoint?: string;
  /** Absent for a network volume whose name only its program knows. */
  readonly uncPrefix?: string;
  readonly because: KindBecause;
}

/**
 * Recognises a user-mode file system by its command line, so that visibility can be predicted before a launch.
 * Undefined for a program nobody here knows. After a launch only the type of the volume's object counts.
 * Ground: winfsp tst/memfs/memfs-main.c, tst/passthrough/passthrough.c, tst/ntptfs; rclone cmd/cmount/mountpoint_windows.go and cmd/mountlib; juicefs
 * pkg/winfsp/winfs.go; sshfs-win.c (do_svc, do_cmd); hubfs src/main.go; any WinFsp-FUSE program by `VolumePrefix`.
 */
export function recogniseFileSystem(argv: readonly string[]): FileSystemCommand | undefined {
  const [program = '', ...rest] = argv;
  const name = (/[^\\/]*$/.exec(program)?.[0] ?? '').toLowerCase().replace(/\.(exe|com)$/, '');
  if (/^memfs(-|$)/.test(name) && !/-fuse/.test(name)) return native('memfs', rest);
  // WinFsp's own samples, and what was made after them: -m and -u as memfs has them.
  if (/^(passthrough|notifyfs|airfs|ntptfs)(-|$)/.test(name) && !/-fuse/.test(name))
    return native('winfsp-native', rest);
  if (name === 'rclone') return rclone(rest);
  if (name === 'juicefs') return juicefs(rest);
  if (name === 'sshfs-win') return sshfsWin(rest);
  if (/^hubfs(-|$)/.test(name)) return hubfs(rest);
  if (name === 'cmd' || name === 'powershell' || name === 'pwsh') return insideShell(rest);
  return volumePrefix(rest) === undefined ? undefined : fuse('winfsp-fuse', rest);
}

/** `cmd /s /c "memfs-x64.exe ..."`, `powershell -Command rclone.exe ...`. */
function insideShell(args: readonly string[]): FileSystemCommand | undefined {
  const at = args.findIndex(arg => /^(\/[ck]|-c|-command)$/i.test(arg));
  const inner = at < 0 ? [] : args.slice(at + 1);
  const [only] = inner;
  return only === undefined ? undefined : recogniseFileSystem(inner.length === 1 ? splitCommandLine(only) : inner);
}

function native(program: 'memfs' | 'winfsp-native', args: readonly string[]): FileSystemCommand {
  const mountPoint = valueAfter(args, '-m') ?? '*';
  const prefix = valueAfter(args, '-u');
  return prefix === undefined
    ? { program, kind: 'disk', mountPoint, because: 'disk-by-default' }
    : { program, kind: 'network', mountPoint, ...named(prefix), because: 'unc-prefix-switch' };
}

const isUnc = (text: string): boolean => /^\\\\[^\\?]+\\[^\\]/.test(text);

function rclone(args: readonly string[]): FileSystemCommand | undefined {
  const verb = args.findIndex(arg => /^c?mount\d?$/.test(arg));
  if (verb < 0) return undefined;
  const { positionals, options } = scan(args.slice(verb + 1), RCLONE_SWITCHES);
  const [remote = '', mountPath = '*'] = positionals;
  const directory = parseMountPoint(mountPath);
  const isDirectory = directory.ok && directory.mountPoint.kind === 'directory';
  const volname = options.get('--volname')?.at(-1);
  const mountPoint = mountPath.replace(/^([A-Za-z]:)\\$/, '$1');

  const fromFuse = volumePrefix([
    ...(options.get('--fuse-flag') ?? []),
    ...(options.get('-o') ?? []).map(value => `-o${value}`),
  ]);
  if (fromFuse !== undefined) {
    return { program: 'rclone', kind: 'network', mountPoint, ...named(fromFuse), because: 'volume-prefix-option' };
  }
  if (isUnc(mountPath)) {
    return {
      program: 'rclone',
      kind: 'network',
      mountPoint: '*',
      ...named(mountPath.slice(1)),
      because: 'mount-point-is-unc',
    };
  }
  if (volname !== undefined && isUnc(volname)) {
    return {
      program: 'rclone',
      kind: 'network',
      mountPoint,
      ...named(volname.slice(1)),
      because: 'volume-name-is-unc',
    };
  }
  // With a directory rclone takes its network mode back, and says so in its log.
  const asked = options.has('--network-mode') && options.get('--network-mode')?.at(-1) !== 'false';
  if (!asked || isDirectory) return { program: 'rclone', kind: 'disk', mountPoint, because: 'disk-by-default' };
  const share = (volname ?? remote).replace(/[:/]/g, ' ').trim().slice(0, 32) || 'share';
  return {
    program: 'rclone',
    kind: 'network',
    mountPoint,
    ...named(`\\server\\${share}`),
    because: 'network-mode-switch',
  };
}

function juicefs(args: readonly string[]): FileSystemCommand | undefined {
  const verb = args.indexOf('mount');
  if (verb < 0) return undefined;
  const { positionals, options } = scan(args.slice(verb + 1), JUICEFS_SWITCHES);
  const mountPoint = positionals[1] ?? '*';
  const option = volumePrefix((options.get('-o') ?? []).map(value => `-o${value}`));
  if (option !== undefined) {
    return { program: 'juicefs', kind: 'network', mountPoint, ...named(option), because: 'volume-prefix-option' };
  }
  if (options.has('--as-local-volume') && options.get('--as-local-volume')?.at(-1) !== 'false') {
    return { program: 'juicefs', kind: 'disk', mountPoint, because: 'disk-by-switch' };
  }
  // The volume's name is in its metadata; only an alias is on the command line.
  const alias = options.get('--alias')?.at(-1);
  return {
    program: 'juicefs',
    kind: 'network',
    mountPoint,
    ...(alias === undefined ? {} : named(`\\juicefs-${alias}\\${alias}`)),
    because: 'network-by-default',
  };
}

function sshfsWin(args: readonly string[]): FileSystemCommand | undefined {
  const [form, ...rest] = args;
  if (form === 'cmd') return fuse('sshfs-win', rest);
  if (form !== 'svc') return undefined;
  const [prefix = '', mountPoint = '*'] = rest;
  return { program: 'sshfs-win', kind: 'network', mountPoint, ...named(prefix), because: 'service-form' };
}

/** Its registration with the Launcher gives it a prefix of the class `hubfs`. Ground: hubfs build/hubfs.wxs. */
function hubfs(args: readonly string[]): FileSystemCommand {
  const known = fuse('hubfs', args);
  const isLaunched = known.uncPrefix !== undefined && classOf(known.uncPrefix) === 'hubfs';
  return isLaunched ? { ...known, because: 'launcher-form' } : known;
}

function fuse(program: FileSystemCommand['program'], args: readonly string[]): FileSystemCommand {
  const mountPoint = fuseMountPoint(args);
  const prefix = volumePrefix(args);
  return prefix === undefined
    ? { program, kind: 'disk', ...mountPoint, because: 'disk-by-default' }
    : { program, kind: 'network', ...mountPoint, ...named(prefix), because: 'volume-prefix-option' };
}

/** The last letter on the line, wherever it stands; a directory only at the end, where it cannot be an option's value. */
function fuseMountPoint(args: readonly string[]): { readonly mountPoint?: string } {
  const letter = args.findLast(arg => {
    const parsed = parseMountPoint(arg);
    return parsed.ok && parsed.mountPoint.kind !== 'directory';
  });
  const last = args.at(-1) ?? '';
  const mountPoint = letter ?? (parseMountPoint(last).ok ? last : undefined);
  return mountPoint === undefined ? {} : { mountPoint };
}

/** The value of FUSE's `VolumePrefix` option in any of its spellings; the last one wins, an empty one means none. */
function volumePrefix(args: readonly string[]): string | undefined {
  let found: string | undefined;
  args.forEach((arg, index) => {
    const long = /^--VolumePrefix=(.*)$/s.exec(arg);
    const option = arg === '-o' ? args[index + 1] : arg.startsWith('-o') ? arg.slice(2) : undefined;
    if (long) found = long[1];
    for (const part of option?.split(',') ?? []) {
      const value = /^(?:--)?VolumePrefix=(.*)$/s.exec(part);
      if (value) found = value[1];
    }
  });
  return found === '' ? undefined : found;
}

/** A prefix as the driver will see it: WinFsp-FUSE turns slashes round (src/dll/fuse/fuse.c). */
function named(text: string): { readonly uncPrefix?: string } {
  const parsed = parseUncPrefix(text.replaceAll('/', '\\'));
  return parsed.ok ? { uncPrefix: parsed.prefix } : {};
}

function valueAfter(args: readonly string[], name: string): string | undefined {
  const at = args.lastIndexOf(name);
  return at < 0 ? undefined : args[at + 1];
}

const RCLONE_SWITCHES = new Set(
  `--network-mode --read-only --allow-other --allow-root --allow-non-empty --daemon --debug-fuse --links --no-modtime
   --no-checksum --no-seek --async-read --write-back-cache --default-permissions --noappledouble --noapplexattr --rc
   --rc-no-auth --fast-list --dry-run --interactive --verbose --quiet --vfs-case-insensitive --vfs-fast-fingerprint
   --vfs-used-is-size --vfs-refresh --no-check-certificate --ignore-errors --stats-one-line --use-json-log -v -vv -vvv -q -n`
    .trim()
    .split(/\s+/),
);
const JUICEFS_SWITCHES = new Set(
  `--as-local-volume --as-root --flush-on-cleanup --show-dot-files --writeback --no-usage-report --no-syslog --read-only
   --enable-xattr --no-bgjob --background --foreground --force --debug --verbose --quiet --trace --no-agent -d -f -v -q`
    .trim()
    .split(/\s+/),
);

interface Scanned {
  readonly positionals: readonly string[];
  readonly options: ReadonlyMap<string, readonly string[]>;
}

/** Sorts arguments into positionals and options. What is in `switches` takes no value; a double dash ends options. */
function scan(args: readonly string[], switches: ReadonlySet<string>): Scanned {
  const positionals: string[] = [];
  const options = new Map<string, string[]>();
  const put = (name: string, value: string): void => {
    const key = name === '--option' ? '-o' : name;
    options.set(key, [...(options.get(key) ?? []), value]);
  };
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    if (arg === '--') {
      positionals.push(...args.slice(at + 1));
      break;
    }
    const [, name = '', value] = /^(--?[^=]+)(?:=(.*))?$/s.exec(arg) ?? [];
    if (name === '') positionals.push(arg);
    else if (/^-o./.test(arg)) put('-o', arg.slice(2));
    else if (value !== undefined) put(name, value);
    else if (switches.has(name)) put(name, 'true');
    else put(name, args[++at] ?? '');
  }
  return { positionals, options };
}
