import type { FileSystemOperations, MountedVolume, NtStatus, ProgramContext } from '../../machine.ts';
import { DRIVES_FROM_Z } from '../base/drive-letters.ts';
import { dosDeviceTarget } from '../base/look-ups.ts';
import { isSystemCallError, STATUS, statusOf, winfspStatusOfWin32 } from '../base/nt-status.ts';
import { fullPath } from '../base/win32-path.ts';
import { startFsd } from './start-fsd.ts';
import type { WinFspDll } from './winfsp-dll.ts';

export interface VolumeToServe {
  /** `\class\instance`; absent or empty: a disk volume. */
  readonly prefix?: string | undefined;
  readonly operations: FileSystemOperations;
  /** `X:`, `\\.\X:`, a directory, or `*` for the last free letter. Absent: none. */
  readonly mountPoint?: string | undefined;
}

export interface ServedVolume {
  readonly volume: MountedVolume;
  /** As WinFsp reports it back: `*` has become a letter. */
  readonly mountPoint: string | undefined;
  /** Takes the mount point away and ends the volume. */
  stop(): Promise<void>;
}

/** What failed, at which of WinFsp's two calls. */
export type Served = ServedVolume | { readonly failedAt: 'create' | 'mount'; readonly status: NtStatus };

/** FspFileSystemCreate and FspFileSystemSetMountPoint: the one place where a program's volume comes to be. */
export async function serveVolume(context: ProgramContext, dll: WinFspDll, wanted: VolumeToServe): Promise<Served> {
  const created = await createVolume(context, dll, wanted);
  if ('failedAt' in created) return created;
  if (wanted.mountPoint === undefined || wanted.mountPoint === '') return served(context, created, undefined);
  const mounted = await setMountPoint(
    context,
    created,
    wanted.mountPoint,
    wanted.prefix !== undefined && wanted.prefix !== '',
  );
  if ('failedAt' in mounted) {
    created.close();
    return mounted;
  }
  return served(context, created, mounted.mountPoint);
}

/** Why a volume stopped being served. */
export type StopReason = 'ctrl-c' | 'ctrl-break' | 'shutdown' | 'volume-gone' | 'asked';

/**
 * Waits until the program is told to stop, or its volume goes away under it. The control handler is in place when this
 * returns its promise.
 */
export function untilStopped(
  context: ProgramContext,
  volume: MountedVolume,
  alsoStopWhen?: Promise<void>,
): Promise<StopReason> {
  return new Promise(resolve => {
    const settle = (reason: StopReason): void => {
      undo();
      resolve(reason);
    };
    const undo = context.onControl(settle);
    // A killed process loses its volume too, but has nothing more to say.
    void volume.ended?.then(() => {
      if (!context.signal.aborted) settle('volume-gone');
    });
    void alsoStopWhen?.then(() => settle('asked'));
  });
}

async function createVolume(
  context: ProgramContext,
  dll: WinFspDll,
  { prefix, operations }: VolumeToServe,
): Promise<MountedVolume | { readonly failedAt: 'create'; readonly status: NtStatus }> {
  const started = await startFsd(context, dll);
  if (started !== 0) return { failedAt: 'create', status: started };
  try {
    return await context.win32.winfsp.createVolume({
      operations,
      processId: context.processId,
      ...(prefix === undefined || prefix === '' ? {} : { prefix }),
    });
  } catch (caught) {
    return { failedAt: 'create', status: creationStatus(caught) };
  }
}

/** Through CreateFile and back: a collision becomes ERROR_FILE_EXISTS (80070050), a missing device STATUS_NO_SUCH_DEVICE. */
function creationStatus(caught: unknown): NtStatus {
  const status = statusOf(caught);
  if (status === STATUS.nameCollision) return winfspStatusOfWin32(80);
  if (status === STATUS.nameNotFound || status === STATUS.pathNotFound) return STATUS.noSuchDevice;
  return isSystemCallError(caught) ? winfspStatusOfWin32(caught.win32) : status;
}

type Mounted = { readonly mountPoint: string } | { readonly failedAt: 'mount'; readonly status: NtStatus };
const refused = (status: NtStatus): Mounted => ({ failedAt: 'mount', status });

async function setMountPoint(
  context: ProgramContext,
  volume: MountedVolume,
  mountPoint: string,
  network: boolean,
): Promise<Mounted> {
  if (mountPoint === '*' || mountPoint === '*:') return setFreeDrive(context, volume);
  const viaMountManager = /^\\\\[.?]\\([A-Za-z]:)(.*)$/.exec(mountPoint);
  if (viaMountManager !== null) {
    // The mount manager takes disk volumes only, and only from administrators. winfsp src/sys/volume.c, FspVolumeUseMountmgr.
    if (network) return refused(STATUS.invalidParameter);
    if (!context.win32.subject.elevated) return refused(STATUS.accessDenied);
    const [, drive = '', rest = ''] = viaMountManager;
    return rest === ''
      ? setDrive(context, volume, drive, mountPoint)
      : setDirectory(context, volume, drive + rest, mountPoint);
  }
  if (/^[A-Za-z]:$/.test(mountPoint)) return setDrive(context, volume, mountPoint, mountPoint);
  // Junctions cannot point to network file systems. winfsp src/dll/mount.c, FspMountSet_Directory.
  if (network) return refused(STATUS.networkAccessDenied);
  return setDirectory(context, volume, fullPath(mountPoint, context.cwd), mountPoint);
}

function setFreeDrive(context: ProgramContext, volume: MountedVolume): Mounted {
  for (const drive of DRIVES_FROM_Z) {
    const mounted = setDrive(context, volume, drive, drive);
    if ('mountPoint' in mounted) return mounted;
  }
  return refused(STATUS.noSuchDevice);
}

function setDrive(context: ProgramContext, volume: MountedVolume, drive: string, mountPoint: string): Mounted {
  if (isTaken(context, drive)) return refused(STATUS.nameCollision);
  try {
    context.win32.defineDosDevice(drive.toUpperCase(), volume.name, context.processId);
    return { mountPoint };
  } catch (caught) {
    return refused(statusOf(caught));
  }
}

/** Whether a DOS device name resolves to anything for this subject. */
export function isTaken(context: ProgramContext, drive: string): boolean {
  return dosDeviceTarget(context.win32, drive.toUpperCase()) !== undefined;
}

async function setDirectory(
  context: ProgramContext,
  volume: MountedVolume,
  directory: string,
  mountPoint: string,
): Promise<Mounted> {
  if (context.win32.createJunction === undefined) return refused(STATUS.notImplemented);
  try {
    await context.win32.createJunction(directory, volume.name, context.processId);
    return { mountPoint };
  } catch (caught) {
    return refused(statusOf(caught));
  }
}

function served(context: ProgramContext, volume: MountedVolume, mountPoint: string | undefined): ServedVolume {
  return {
    volume,
    mountPoint,
    async stop() {
      if (mountPoint !== undefined) await removeMountPoint(context, mountPoint);
      volume.close();
    },
  };
}

async function removeMountPoint(context: ProgramContext, mountPoint: string): Promise<void> {
  const bare = mountPoint.replace(/^\\\\[.?]\\/, '');
  try {
    if (/^[A-Za-z]:$/.test(bare)) context.win32.removeDosDevice(bare.toUpperCase());
    else await context.win32.removeDirectory(fullPath(bare, context.cwd));
  } catch (caught) {
    // Somebody was faster: what was to be taken away is away.
    if (!isSystemCallError(caught)) throw caught;
  }
}
