import type { FileSystemOperations, ProgramContext } from '../../machine.ts';
import { MemoryStore } from '../base/memory-store.ts';
import { isSystemCallError, STATUS } from '../base/nt-status.ts';
import { fullPath } from '../base/win32-path.ts';
import { describeMemfs, MEMFS_USAGE, type MemfsOptions, parseMemfsOptions } from './memfs-options.ts';
import { serveVolume, untilStopped } from './serve-volume.ts';
import { runService, type Started, serviceLog } from './service.ts';
import { slowed } from './slow-operations.ts';
import { findBesideOrOnPath, type WinFspDll } from './winfsp-dll.ts';

const SECTOR = 512;
/** WCHARs of VolumeParams.Prefix and .FileSystemName, terminator included. Ground: winfsp inc/winfsp/fsctl.h. */
const PREFIX_SIZE = 192;
const FILE_SYSTEM_NAME_SIZE = 16;

/** memfs-x64: WinFsp's own in-memory file system, as a disk (`-m X:`) or a network volume (`-u \class\share`). */
export async function memfs(context: ProgramContext): Promise<number> {
  const dll = await findBesideOrOnPath(context);
  if (dll === undefined) return STATUS.dllNotFound;
  const options = parseMemfsOptions(context.argv.slice(1));
  if (options !== 'usage' && overflows(options)) return STATUS.cRuntimeParameter;
  return runService(context, 'memfs', () => start(context, dll, options));
}

/** The C runtime ends the process when a text is longer than its buffer (wcscpy_s). */
function overflows({ volumePrefix = '', fileSystemName = '' }: MemfsOptions): boolean {
  return volumePrefix.length >= PREFIX_SIZE || fileSystemName.length >= FILE_SYSTEM_NAME_SIZE;
}

async function start(context: ProgramContext, dll: WinFspDll, options: MemfsOptions | 'usage'): Promise<Started> {
  if (options === 'usage') return usage(context);
  if (options.debugLogFile !== undefined && !(await canLogTo(context, options.debugLogFile))) {
    await serviceLog(context, 'cannot open debug log file');
    return usage(context);
  }
  const { volumePrefix, mountPoint } = options;
  const served = await serveVolume(context, dll, {
    prefix: volumePrefix,
    mountPoint,
    operations: storeOf(context, options),
  });
  if ('failedAt' in served) {
    await serviceLog(context, served.failedAt === 'create' ? 'cannot create MEMFS' : 'cannot mount MEMFS');
    return { status: served.status };
  }
  const stopped = untilStopped(context, served.volume);
  await serviceLog(context, describeMemfs(options, served.mountPoint));
  return { stopped, stop: () => served.stop() };
}

async function usage(context: ProgramContext): Promise<Started> {
  await serviceLog(context, MEMFS_USAGE);
  return { status: STATUS.unsuccessful };
}

async function canLogTo(context: ProgramContext, file: string): Promise<boolean> {
  if (file === '-') return true;
  try {
    await context.win32.write(fullPath(file, context.cwd), new Uint8Array(), 'append');
    return true;
  } catch (caught) {
    if (isSystemCallError(caught)) return false;
    throw caught;
  }
}

function storeOf(context: ProgramContext, options: MemfsOptions): FileSystemOperations {
  const name = options.fileSystemName ?? '-MEMFS';
  const secondsSince1601 = Math.trunc(context.clock.now() / 1000) + 11_644_473_600;
  const store = new MemoryStore({
    clock: context.clock,
    label: 'MEMFS',
    // The FSD puts its own name before one that starts with a separator. Ground: winfsp src/sys/volinfo.c.
    fileSystemName: /^[-/\\]/.test(name) ? `WinFsp${name}` : name,
    serialNumber: secondsSince1601 % 0x1_0000_0000,
    maxFileNodes: options.maxFileNodes >>> 0,
    maxFileSize: Math.ceil((options.maxFileSize >>> 0) / SECTOR) * SECTOR,
  });
  return slowed(context, store, { maxDelay: options.slowMaxDelay, rarefy: options.slowRarefyDelay });
}
