import { FaultError } from '../../../shared/contract/fault.ts';
import { statusText } from '../../../shared/domain/error-decoder.ts';
import type { Gap } from '../../../shared/domain/inspection.ts';
import { type LauncherService, parseLauncherServices } from '../../../shared/domain/launcher-service.ts';
import { HOST_NAMESPACE } from '../../../shared/domain/namespace.ts';
import type { Host } from '../../hosts/host.ts';
import { runIfThere, runOptions } from '../run-program.ts';

/** One above the services: it is there wherever WinFsp is, whether anything is registered below or not. */
export const LAUNCHER_QUERY = ['reg.exe', 'query', 'HKLM\\SOFTWARE\\WOW6432Node\\WinFsp', '/s'];

/** What is registered with WinFsp's Launcher on the host, by class in lower case; a gap where that could not be read. */
export async function readLauncherServices(
  host: Pick<Host, 'run'>,
  signal?: AbortSignal,
): Promise<{ readonly services: ReadonlyMap<string, LauncherService>; readonly gaps: readonly Gap[] }> {
  const gap = (reason: string) => ({
    services: new Map<string, LauncherService>(),
    gaps: [{ namespace: HOST_NAMESPACE, what: "services of WinFsp's Launcher (registry)", reason }],
  });
  try {
    const ran = await runIfThere(host, LAUNCHER_QUERY, runOptions(signal));
    if (ran === undefined) return gap('reg.exe could not be started');
    if (ran.exitCode !== 0) return gap(`reg.exe ended with ${statusText(ran.exitCode)}`);
    return { services: parseLauncherServices(ran.stdout), gaps: [] };
  } catch (error) {
    if (!(error instanceof FaultError) || error.fault.code === 'cancelled' || error.fault.code === 'bug') throw error;
    return gap(error.fault.code === 'timed-out' ? `no answer in ${error.fault.afterMs} ms` : error.fault.code);
  }
}
