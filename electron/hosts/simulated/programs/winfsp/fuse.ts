import type { FileSystemOperations, ProgramContext } from '../../machine.ts';
import { isSystemCallError, STATUS } from '../base/nt-status.ts';
import { fileName, fullPath } from '../base/win32-path.ts';
import { type FuseOptions, parseFuseOptions } from './fuse-options.ts';
import { isTaken, type StopReason, serveVolume, untilStopped } from './serve-volume.ts';
import { serviceLog, statusText } from './service.ts';
import { startFsd } from './start-fsd.ts';
import type { WinFspDll } from './winfsp-dll.ts';

export interface FuseFileSystem {
  /** Makes the file system when its options are known. */
  operations(options: FuseOptions): FileSystemOperations;
  /** Told when the volume is mounted, before the service line. */
  mounted?(mountPoint: string | undefined): Promise<void>;
  /** Resolves when the program itself wants to end (`rc core/quit`, `umount`). */
  readonly ends?: Promise<void>;
}

/** `FspDiagIdent`: the program's name without its extension. */
const identOf = (context: ProgramContext): string => fileName(context.imagePath).replace(/\.[^.]*$/, '');

/** `fuse_main`: mounts, serves until Ctrl-C or the volume's end, unmounts. Answers why it ended. */
export async function fuseMain(
  context: ProgramContext,
  dll: WinFspDll,
  args: readonly string[],
  fileSystem: FuseFileSystem,
): Promise<StopReason | 'failed'> {
  const options = parseFuseOptions(args);
  for (const word of options.surplus) await serviceLog(context, `Invalid argument "${word}"`);
  if (options.version) await serviceLog(context, 'WinFsp-FUSE version 2.8');
  if (options.help)
    await serviceLog(context, 'WinFsp-FUSE options: VolumePrefix=, FileSystemName=, volname=, uid=, gid=, umask=');
  if (options.version || options.help) return 'failed';
  const refusal = await preflight(context, dll, options);
  if (refusal !== undefined) {
    await serviceLog(context, `Cannot create WinFsp-FUSE file system: ${refusal}.`);
    return 'failed';
  }
  const served = await serveVolume(context, dll, {
    prefix: options.prefix,
    mountPoint: options.mountPoint ?? '*',
    operations: fileSystem.operations(options),
  });
  const ident = identOf(context);
  if ('failedAt' in served) {
    const what =
      served.failedAt === 'create'
        ? 'Cannot create WinFsp-FUSE file system'
        : 'Cannot set WinFsp-FUSE file system mount point';
    await serviceLog(context, `${what}.`);
    await serviceLog(context, `The service ${ident} has failed to start (Status=${statusText(served.status)}).`);
    return 'failed';
  }
  const stopped = untilStopped(context, served.volume, fileSystem.ends);
  await fileSystem.mounted?.(served.mountPoint);
  await serviceLog(context, `The service ${ident} has been started.`);
  const reason = await stopped;
  await served.stop();
  await serviceLog(context, `The service ${ident} has been stopped.`);
  return reason;
}

/** FspFileSystemPreflight, in the words of fsp_fuse_new. Undefined: nothing speaks against it. */
async function preflight(
  context: ProgramContext,
  dll: WinFspDll,
  { mountPoint = '*' }: FuseOptions,
): Promise<string | undefined> {
  const status = await startFsd(context, dll);
  if (status === STATUS.noSuchDevice || (status === 0 && !context.win32.winfsp.present())) return 'FSD not found';
  if (status === STATUS.accessDenied) return 'access denied';
  if (status !== 0) return 'unspecified error';
  if (mountPoint === '*' || mountPoint === '' || /^\\\\[.?]\\/.test(mountPoint)) return undefined;
  if (/^[A-Za-z]:$/.test(mountPoint)) return isTaken(context, mountPoint) ? 'mount point in use' : undefined;
  try {
    await context.win32.stat(fullPath(mountPoint, context.cwd));
    return 'mount point in use';
  } catch (caught) {
    if (!isSystemCallError(caught)) throw caught;
    return caught.win32 === 2 ? undefined : 'invalid mount point';
  }
}
