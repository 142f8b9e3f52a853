import type { FileSystemOperations, ProgramContext } from '../../machine.ts';
import { DRIVES_FROM_Z } from '../base/drive-letters.ts';
import { goTimestamp } from '../base/formats.ts';
import { statIfThere } from '../base/look-ups.ts';
import { isSystemCallError } from '../base/nt-status.ts';
import { fullPath, joinPath, parentPath } from '../base/win32-path.ts';
import { fuseMain } from '../winfsp/fuse.ts';
import { isTaken } from '../winfsp/serve-volume.ts';
import { findWinFsp } from '../winfsp/winfsp-dll.ts';
import { cachePlaces } from './cache-places.ts';
import { type Flags, isOn, lastOf, parseFlags } from './flags.ts';
import { goDurationMs } from './go-duration.ts';
import { mountedRemote } from './mounted-remote.ts';
import { planRcloneMount, type RcloneMount } from './rclone-mount-point.ts';
import { rcloneRemote } from './rclone-remote.ts';
import { askState, askToStop, stopRequests } from './stop-requests.ts';
import { VfsCache } from './vfs-cache.ts';

const VERSION = 'v1.71.2';

const SWITCHES = new Set(
  `network-mode read-only allow-other allow-root allow-non-empty daemon debug-fuse links l no-modtime no-checksum no-seek
   async-read write-back-cache default-permissions noappledouble noapplexattr rc rc-no-auth fast-list dry-run n interactive i
   verbose quiet q vfs-case-insensitive vfs-fast-fingerprint vfs-used-is-size vfs-refresh vfs-links no-check-certificate
   ignore-errors stats-one-line use-json-log direct-io h help version`
    .trim()
    .split(/\s+/),
);

/** rclone: mount with its cache of writes, version, rc core/quit and vfs/stats. A remote is a small writable tree. */
export async function rclone(context: ProgramContext): Promise<number> {
  const flags = parseFlags(context.argv.slice(1), SWITCHES);
  const [verb, ...words] = flags.words;
  if (flags.missing !== undefined) return usageError(context, `flag needs an argument: --${flags.missing}`);
  if (verb === 'version' || isOn(flags, 'version')) return version(context);
  if (verb === 'mount' || verb === 'cmount') return mount(context, flags, words);
  if (verb === 'rc') return remoteControl(context, flags, words);
  if (verb === 'listremotes') return 0;
  if (verb === undefined) return usageError(context, undefined);
  return usageError(context, `unknown command "${verb}" for "rclone"`);
}

async function usageError(context: ProgramContext, sentence: string | undefined): Promise<number> {
  if (sentence === undefined) {
    await context.stdout.write(
      'Usage:\n  rclone [flags]\n  rclone [command]\n\nAvailable Commands:\n  mount\n  rc\n  version\n\n',
    );
    return 0;
  }
  await context.stderr.write(`Error: ${sentence}\n`);
  await log(context, 'NOTICE', `Fatal error: ${sentence}`);
  return 2;
}

async function version(context: ProgramContext): Promise<number> {
  const { build, revision, edition, displayVersion } = context.machine.version;
  const lines = [
    `rclone ${VERSION}`,
    `- os/version: Microsoft ${edition} ${displayVersion} (64 bit)`,
    `- os/kernel: 10.0.${build}.${revision} (x86_64)`,
    '- os/type: windows',
    '- os/arch: amd64',
    '- go/version: go1.25.1',
    '- go/linking: static',
    '- go/tags: cmount',
  ];
  await context.stdout.write(lines.map(line => `${line}\n`).join(''));
  return 0;
}

/** `2026/11/22 01:48:10 NOTICE: text`: levels are padded to six. */
function log(
  context: ProgramContext,
  level: 'NOTICE' | 'ERROR' | 'INFO' | 'DEBUG' | 'CRITICAL',
  text: string,
): Promise<void> {
  return context.stderr.write(`${goTimestamp(context.clock.now())} ${level.padEnd(6)}: ${text}\n`);
}

async function fatal(context: ProgramContext, sentence: string): Promise<number> {
  await log(context, 'CRITICAL', `Fatal error: ${sentence}`);
  return 1;
}

async function mount(context: ProgramContext, flags: Flags, words: readonly string[]): Promise<number> {
  const [remote, mountPath] = words;
  if (remote === undefined || mountPath === undefined || words.length > 2) {
    const [bound, which] = words.length > 2 ? ['maximum', 2] : ['minimum', 2];
    const given = words.map(word => JSON.stringify(word)).join(' ');
    await context.stderr.write(
      `Usage:\n  rclone mount remote:path /path/to/mountpoint [flags]\n\nCommand mount needs ${which} arguments ${bound}: you provided ${words.length} non flag arguments: [${given}]\n`,
    );
    return 2;
  }
  const unread = await readConfig(context, flags);
  if (unread !== undefined) return fatal(context, unread);
  const far = rcloneRemote(context, remote);
  if (far === undefined) {
    return fatal(
      context,
      `failed to create file system for "${remote}": didn't find section in config file ("${remote}")`,
    );
  }
  const networkMode = isOn(flags, 'network-mode');
  const plan = planRcloneMount(remote, mountPath, { networkMode, volname: lastOf(flags, 'volname') });
  if (plan.ignoredNetworkMode)
    await log(context, 'ERROR', 'Ignoring --network-mode as it is not supported with directory mountpoint');
  const mountPoint = plan.mountPoint === '*' ? DRIVES_FROM_Z.find(drive => !isTaken(context, drive)) : plan.mountPoint;
  if (mountPoint === undefined) return fatal(context, 'failed to mount FUSE fs: could not find unused drive letter');
  const refusal = await refusalOf(context, mountPoint);
  if (refusal !== undefined) return fatal(context, `failed to mount FUSE fs: ${refusal}`);
  if (plan.mountPoint === '*') await log(context, 'NOTICE', `Assigning drive letter "${mountPoint}"`);
  const dll = await findWinFsp(context);
  if (dll === undefined) {
    return fatal(
      context,
      'failed to mount FUSE fs: mount stopped before calling Init: mount failed: cgofuse: cannot find winfsp\nHint: Install WinFsp from https://winfsp.dev/rel/',
    );
  }
  const isReadOnly = isOn(flags, 'read-only');
  const cache = isReadOnly ? undefined : await openCache(context, flags, remote, far);
  const requests = stopRequests(context, 'rclone', () => stateOf(remote, cache));
  // Without its remote control it listens to nobody.
  if (!isOn(flags, 'rc')) requests.dispose();
  const ended = await fuseMain(context, dll, fuseArguments(mountPoint, plan, flags), {
    operations: options =>
      mountedRemote(cache?.cache.operations ?? far, context, options, { label: remote, isReadOnly }),
    ends: requests.asked,
  });
  requests.dispose();
  cache?.cache.dispose();
  if (ended !== 'failed') {
    await log(context, 'NOTICE', `${mountPoint}: Unmounted rclone mount`);
    // On Windows an interrupt ends rclone as any error does. Ground: rclone lib/atexit/atexit_other.go.
    return ended === 'ctrl-c' || ended === 'ctrl-break' ? 1 : 0;
  }
  await log(context, 'ERROR', `${remote}: Mount failed`);
  return fatal(context, 'failed to mount FUSE fs: mount stopped before calling Init: mount failed');
}

/**
 * Finds its configuration, and asks for the password of one that is encrypted, as one with a password command is taken to
 * be. Undefined: nothing is wrong with it. Ground: rclone fs/config/crypt.go (GetPasswordCommand).
 */
async function readConfig(context: ProgramContext, flags: Flags): Promise<string | undefined> {
  const path = lastOf(flags, 'config');
  if (path !== undefined && (await statIfThere(context.win32, path)) === undefined)
    await log(context, 'NOTICE', `Config file ${JSON.stringify(path)} not found - using defaults`);
  const command = lastOf(flags, 'password-command');
  if (command === undefined) return undefined;
  let said = '';
  const asked = await context.spawn({
    commandLine: command,
    stdout: {
      write: async bytes => {
        said += typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('utf8');
      },
    },
    stderr: context.stderr,
  });
  const exitCode = await asked.ended;
  if (exitCode !== 0) {
    await log(context, 'ERROR', `Using --password-command returned: exit status ${exitCode}`);
    return `password command failed: exit status ${exitCode}`;
  }
  return said.replace(/^[\r\n]+|[\r\n]+$/g, '') === '' ? '--password-command returned empty string' : undefined;
}

/** Why a mount path cannot be one. Ground: handleLocalMountpath. */
async function refusalOf(context: ProgramContext, mountPoint: string): Promise<string | undefined> {
  if (/^[A-Za-z]:$/.test(mountPoint))
    return isTaken(context, mountPoint) ? `mountpoint path already exists: ${mountPoint}` : undefined;
  const path = fullPath(mountPoint, context.cwd);
  if ((await statIfThere(context.win32, path)) !== undefined) return `mountpoint path already exists: ${mountPoint}`;
  return (await statIfThere(context.win32, parentPath(path))) !== undefined
    ? undefined
    : `parent of mountpoint directory does not exist: ${parentPath(path)}`;
}

function fuseArguments(mountPoint: string, plan: RcloneMount, flags: Flags): string[] {
  const name = plan.network ? [`--VolumePrefix=${plan.volumeName}`] : ['-o', `volname=${plan.volumeName}`];
  const options = (flags.values.get('o') ?? flags.values.get('option') ?? []).flatMap(option => ['-o', option]);
  return [
    mountPoint,
    '-f',
    '-o',
    'uid=-1',
    '-o',
    'gid=-1',
    '--FileSystemName=rclone',
    ...name,
    ...options,
    ...(flags.values.get('fuse-flag') ?? []),
  ];
}

interface OpenCache {
  readonly cache: VfsCache;
  /** Full paths. */
  readonly data: string;
  readonly meta: string;
}

/** `--vfs-cache-mode writes` and `full`, in `--cache-dir` or the user's local data; the other modes keep nothing that was written. Ground: rclone fs/config/config.go (CacheDir); vfs/vfs.go (SetCacheMode), which goes on without one that cannot be made. */
async function openCache(
  context: ProgramContext,
  flags: Flags,
  remote: string,
  far: FileSystemOperations,
): Promise<OpenCache | undefined> {
  if (!/^(writes|full)$/.test(lastOf(flags, 'vfs-cache-mode') ?? 'off')) return undefined;
  const { win32, clock, environment, cwd } = context;
  const local = joinPath(environment.get('LOCALAPPDATA') ?? environment.get('TEMP') ?? 'C:\\Windows\\Temp', 'rclone');
  const places = cachePlaces(fullPath(lastOf(flags, 'cache-dir') ?? local, cwd), remote);
  const opening = VfsCache.open(far, {
    win32,
    clock,
    ...places,
    writeBackMs: goDurationMs(lastOf(flags, 'vfs-write-back') ?? '') ?? 5_000,
    maxAgeMs: goDurationMs(lastOf(flags, 'vfs-cache-max-age') ?? '') ?? 3_600_000,
  });
  const cache = await opening.catch((caught: unknown) => {
    if (isSystemCallError(caught)) return undefined;
    throw caught;
  });
  if (cache === undefined) {
    await log(context, 'ERROR', 'Failed to create vfs cache - disabling: The system cannot find the path specified.');
    return undefined;
  }
  context.signal.addEventListener('abort', () => cache.dispose(), { once: true });
  return { cache, ...places };
}

/** `vfs/stats`, as far as it is asked for; without a cache there is none to tell of. Ground: rclone vfs/vfs.go (Stats), vfs/vfscache/cache.go (Stats). */
function stateOf(remote: string, open: OpenCache | undefined): object {
  if (open === undefined) return { fs: remote, inUse: 1 };
  const { cache, data, meta } = open;
  const diskCache = {
    erroredFiles: 0,
    files: cache.files,
    outOfSpace: false,
    path: `\\\\?\\${data}`,
    pathMeta: `\\\\?\\${meta}`,
    uploadsInProgress: 0,
    uploadsQueued: cache.queued,
  };
  return { fs: remote, inUse: 1, diskCache };
}

async function remoteControl(context: ProgramContext, flags: Flags, words: readonly string[]): Promise<number> {
  const [operation] = words;
  if (operation !== 'core/quit' && operation !== 'vfs/stats') {
    await log(
      context,
      'NOTICE',
      `Failed to rc: operation "${operation ?? ''}" failed: couldn't find method "${operation ?? ''}"`,
    );
    return 1;
  }
  const answer =
    operation === 'vfs/stats' ? askState(context, 'rclone') : askToStop(context, 'rclone') ? {} : undefined;
  if (answer !== undefined) {
    await context.stdout.write(`${JSON.stringify(answer, undefined, '\t')}\n`);
    return 0;
  }
  const url = lastOf(flags, 'url', 'rc-addr') ?? 'localhost:5572';
  await log(
    context,
    'NOTICE',
    `Failed to rc: connection failed: Post "http://${url}/${operation}": dial tcp [::1]:5572: connectex: No connection could be made because the target machine actively refused it.`,
  );
  return 1;
}
