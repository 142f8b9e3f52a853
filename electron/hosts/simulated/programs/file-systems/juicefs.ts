import type { FileSystemOperations, ProgramContext } from '../../machine.ts';
import { goTimestamp } from '../base/formats.ts';
import { statIfThere } from '../base/look-ups.ts';
import { isSystemCallError } from '../base/nt-status.ts';
import { fullPath, joinPath, parentPath } from '../base/win32-path.ts';
import { fuseMain } from '../winfsp/fuse.ts';
import { findWinFsp } from '../winfsp/winfsp-dll.ts';
import { type Flags, isOn, lastOf, parseFlags } from './flags.ts';
import { goPanic } from './go-panic.ts';
import { smallStore, TERABYTE } from './small-store.ts';

const VERSION = '1.3.0+2025-07-03.30190ca1';
/** A directory of this name, made in the root, tells the mount to end. Ground: juicefs cmd/umount.go. */
const UMOUNT_MARK = '.UMOUNTIT';

const SWITCHES = new Set(
  `as-local-volume as-root flush-on-cleanup add-write-ea-access admin-as-root show-dot-files case-sensitive report-case writeback
   no-usage-report no-syslog read-only enable-xattr no-bgjob background foreground force f flush debug verbose quiet trace
   no-agent no-color d v q h help V version check-storage`
    .trim()
    .split(/\s+/),
);

/** juicefs: mount, umount, version. The volume is a small writable tree in memory; no metadata engine is asked. */
export async function juicefs(context: ProgramContext): Promise<number> {
  const flags = parseFlags(context.argv.slice(1), SWITCHES);
  const [verb, ...words] = flags.words;
  if (verb === 'version' || isOn(flags, 'version') || isOn(flags, 'V')) {
    await context.stdout.write(`juicefs version ${VERSION}\n`);
    return 0;
  }
  if (verb === 'mount') return mount(context, flags, words);
  if (verb === 'umount' || verb === 'unmount') return umount(context, words);
  if (verb === undefined || isOn(flags, 'help') || isOn(flags, 'h')) {
    await context.stdout.write(
      'NAME:\n   juicefs - a POSIX file system on object storage\n\nUSAGE:\n   juicefs [global options] command [command options] [arguments...]\n',
    );
    return 0;
  }
  await context.stdout.write(`No help topic for '${verb}'\n`);
  return 3;
}

/** `2026/11/22 01:48:10.000000 juicefs[pid] <INFO>: text [function@file:line]`. */
function log(
  context: ProgramContext,
  level: 'INFO' | 'WARNING' | 'ERROR' | 'FATAL',
  text: string,
  where: string,
): Promise<void> {
  const fraction = String(context.clock.now() % 1_000).padStart(3, '0');
  return context.stderr.write(
    `${goTimestamp(context.clock.now())}.${fraction}000 juicefs[${context.processId}] <${level}>: ${text} [${where}]\n`,
  );
}

/** The volume's name is in its metadata: here the URL's last part stands for it. */
export function volumeNameOf(metaUrl: string): string {
  const last =
    metaUrl
      .replace(/[?#].*$/s, '')
      .replace(/\/+$/, '')
      .split('/')
      .at(-1) ?? '';
  const name = last
    .replace(/^.*[@:]/, '')
    .replace(/\.db$/i, '')
    .replace(/[^A-Za-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '');
  if (/^\d+$/.test(name)) return `vol${name}`;
  return name === '' || !/^[a-z0-9]+:\/\/[^/]*\//i.test(metaUrl) ? 'myjfs' : name.toLowerCase();
}

async function mount(context: ProgramContext, flags: Flags, words: readonly string[]): Promise<number> {
  const [metaUrl, mountPath = ''] = words;
  if (metaUrl === undefined || words.length < 2) {
    await context.stdout.write(
      'ERROR: This command requires at least 2 arguments\nUSAGE:\n   juicefs mount [command options] META-URL MOUNTPOINT\n',
    );
    return 1;
  }
  const address = metaUrl.includes('://') ? metaUrl : `redis://${metaUrl}`;
  await log(context, 'INFO', `Meta address: ${address.replace(/:[^:@/]+@/, ':****@')}`, 'NewClient@interface.go:578');
  const passwordFile = context.environment.get('META_PASSWORD_FILE');
  if (passwordFile !== undefined && (await statIfThere(context.win32, passwordFile)) === undefined) {
    await log(
      context,
      'FATAL',
      `open ${passwordFile}: The system cannot find the file specified.`,
      'setPasswordFromEnv',
    );
    return 1;
  }
  if (isOn(flags, 'd') || isOn(flags, 'background')) return daemonRefused(context);
  const name = lastOf(flags, 'alias')?.split('\\').at(-1) ?? volumeNameOf(address);
  await log(context, 'INFO', `JuiceFS version ${VERSION}`, 'mount@mount.go:638');
  const refusal = await refusalOf(context, flags, mountPath);
  if (refusal !== undefined) return ended(context, name, mountPath, refusal);
  const dll = await findWinFsp(context);
  if (dll === undefined) {
    return goPanic(context, 'cgofuse: cannot find winfsp');
  }
  const mark = umountMark();
  const reason = await fuseMain(context, dll, [drive(mountPath), '-f', '-o', fuseOption(flags, name)], {
    operations(options) {
      const tree = { 'hello.txt': `This is the JuiceFS volume ${name}.\r\n` };
      const store = smallStore(context, options, { label: name, totalBytes: TERABYTE * 1_024, tree });
      return mark.watch(isOn(flags, 'read-only') ? store.seal() : store);
    },
    ends: mark.made,
  });
  const failure = 'juicefs mount command exit with error, please check the log for details';
  return ended(context, name, mountPath, reason === 'failed' ? failure : undefined);
}

/** The process says goodbye the same way whether the mount worked or not, with code 0. Ground: juicefs cmd/mount.go, mount_windows.go. */
async function ended(
  context: ProgramContext,
  name: string,
  mountPath: string,
  failure: string | undefined,
): Promise<number> {
  if (failure !== undefined)
    await log(context, 'ERROR', `Failed to mount volume ${name}: ${failure}`, 'mountMain@mount_windows.go:160');
  await log(
    context,
    'INFO',
    `The juicefs mount process exit successfully, mountpoint: "${mountPath.replaceAll('\\', '\\\\')}"`,
    'mount@mount.go:680',
  );
  return 0;
}

const drive = (mountPath: string): string => (/^[A-Za-z]:[\\/]?$/.test(mountPath) ? mountPath.slice(0, 2) : mountPath);

async function refusalOf(context: ProgramContext, flags: Flags, mountPath: string): Promise<string | undefined> {
  if (/^[A-Za-z]:$/.test(drive(mountPath))) return undefined;
  if (!isOn(flags, 'as-local-volume')) return 'Cannot mount to a local directory when --as-local-volume is not set';
  const path = fullPath(mountPath, context.cwd);
  if ((await statIfThere(context.win32, path)) !== undefined)
    return `Mount point ${mountPath} cannot be an existing folder`;
  const parent = parentPath(path);
  return (await statIfThere(context.win32, parent)) !== undefined
    ? undefined
    : `Parent directory ${parent} of mount point ${mountPath} does not exist`;
}

/** What JuiceFS asks of WinFsp: a network volume unless told otherwise. Ground: juicefs pkg/winfsp/winfs.go. */
function fuseOption(flags: Flags, name: string): string {
  const server = `juicefs-${name}`;
  const prefix = isOn(flags, 'as-local-volume') ? '' : `,VolumePrefix=/${server}/${name}`;
  const extra = lastOf(flags, 'o');
  return `volname=${name},ExactFileSystemName=${server}${prefix}${extra === undefined ? '' : `,${extra}`}`;
}

function umountMark(): { readonly made: Promise<void>; watch(operations: FileSystemOperations): FileSystemOperations } {
  let tell = (): void => undefined;
  const made = new Promise<void>(resolve => {
    tell = resolve;
  });
  return {
    made,
    watch: operations => ({
      information: () => operations.information(),
      stat: path => operations.stat(path),
      list: path => operations.list(path),
      read: path => operations.read(path),
      write: (path, bytes, how) => operations.write(path, bytes, how),
      deleteFile: path => operations.deleteFile(path),
      removeDirectory: path => operations.removeDirectory(path),
      rename: (from, to) => operations.rename(from, to),
      async createDirectory(path) {
        if (path.replace(/^\\+/, '').toUpperCase() === UMOUNT_MARK) tell();
        else await operations.createDirectory(path);
      },
    }),
  };
}

async function umount(context: ProgramContext, words: readonly string[]): Promise<number> {
  const [mountPath] = words;
  if (mountPath === undefined) {
    await context.stdout.write(
      'ERROR: This command requires at least 1 arguments\nUSAGE:\n   juicefs umount [command options] MOUNTPOINT\n',
    );
    return 1;
  }
  try {
    await context.win32.createDirectory(
      joinPath(fullPath(drive(mountPath).replace(/:$/, ':\\'), context.cwd), UMOUNT_MARK),
    );
  } catch (caught) {
    // juicefs does not look at the answer either.
    if (!isSystemCallError(caught)) throw caught;
  }
  return 0;
}

/** In the background it becomes a Windows service; there is no service control manager to register with here. */
async function daemonRefused(context: ProgramContext): Promise<number> {
  await log(context, 'FATAL', 'Failed to create system service: Access is denied.', 'RunAsSystemService@winsvc.go:118');
  return 1;
}
