import type { Clock } from '../../../shared/base/clock.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import type { ProbeAnswer, ProbeOptions, ProbeTarget } from '../host.ts';
import { probePath } from '../probe-path.ts';
import { withinLimit } from '../within-limit.ts';
import { isSystemCallError, nameOfStatus, STATUS } from './kernel/status.ts';
import type { Win32 } from './machine.ts';

const DEFAULT_TIMEOUT_MS = 3_000;

const NOT_FOUND: ReadonlySet<number> = new Set([
  STATUS.OBJECT_NAME_NOT_FOUND,
  STATUS.OBJECT_PATH_NOT_FOUND,
  STATUS.BAD_NETWORK_PATH,
  STATUS.BAD_NETWORK_NAME,
]);

/** Opens a path in the caller's namespace and says what came back. Never waits longer than the limit. */
export async function probeOn(
  win32: Win32,
  clock: Clock,
  target: ProbeTarget,
  options: ProbeOptions = {},
): Promise<ProbeAnswer> {
  const path = probePath(target);
  const startedAt = clock.now();
  const asked = (): { path: string; elapsedMs: number } => ({ path, elapsedMs: clock.now() - startedAt });
  try {
    const opened = await withinLimit(open(win32, path, options.readBytes ?? 0), {
      clock,
      timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      signal: options.signal,
      what: path,
    });
    return { ...asked(), outcome: 'opened', ...opened };
  } catch (caught) {
    if (caught instanceof FaultError && caught.fault.code === 'timed-out') return { ...asked(), outcome: 'timed-out' };
    if (!isSystemCallError(caught)) throw caught;
    const { status } = caught;
    const answer = { ...asked(), status, statusName: nameOfStatus(status) };
    if (NOT_FOUND.has(status)) return { ...answer, outcome: 'not-found' };
    return { ...answer, outcome: status === STATUS.ACCESS_DENIED ? 'denied' : 'failed' };
  }
}

async function open(
  win32: Win32,
  path: string,
  readBytes: number,
): Promise<{ winfsp: boolean; directory: boolean; content?: Uint8Array }> {
  const { directory } = await win32.stat(path);
  const winfsp = await win32.isWinFsp(path);
  if (readBytes <= 0 || directory) return { winfsp, directory };
  return { winfsp, directory, content: (await win32.read(path)).slice(0, readBytes) };
}
