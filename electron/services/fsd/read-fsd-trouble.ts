import { registryData } from '../../../shared/domain/parse-reg-query.ts';
import type { Host } from '../../hosts/host.ts';
import { runIfThere, runOptions } from '../run-program.ts';

/** What stands in the way of a start that has not been tried yet. Empty: nothing is known to. */
export interface FsdTrouble {
  /** The driver's file, as the service names it, is not there. */
  readonly missingFile?: string;
  /** The Win32 error with which its last start ended. */
  readonly lastError?: number;
}

/** ERROR_SERVICE_NEVER_STARTED: since the host was booted. */
const NEVER_STARTED = 1077;

/**
 * Looks at a stopped FSD: whether its service's `ImagePath` names a file that is there, and how its last start ended.
 * Nothing is started. What cannot be read says nothing.
 */
export async function readFsdTrouble(host: Host, service: string, signal?: AbortSignal): Promise<FsdTrouble> {
  const key = `HKLM\\SYSTEM\\CurrentControlSet\\Services\\${service}`;
  const [image, queried] = await Promise.all([
    runIfThere(host, ['reg.exe', 'query', key, '/v', 'ImagePath'], runOptions(signal)),
    runIfThere(host, ['sc.exe', 'query', service], runOptions(signal)),
  ]);
  const path = image?.exitCode === 0 ? registryData(image.stdout, 'ImagePath') : undefined;
  const lastError = lastErrorIn(queried?.stdout ?? '');
  const missingFile = path === undefined ? undefined : await missing(host, path, signal);
  return {
    ...(missingFile === undefined ? {} : { missingFile }),
    ...(lastError === undefined ? {} : { lastError }),
  };
}

/** `WIN32_EXIT_CODE` of `sc.exe query`; a name that Windows does not translate. */
export function lastErrorIn(text: string): number | undefined {
  const [, digits] = /^\s*WIN32_EXIT_CODE\s*:\s*(\d{1,10})\b/m.exec(text) ?? [];
  const code = Number(digits ?? 0);
  return code === 0 || code === NEVER_STARTED ? undefined : code;
}

/** Only a full path on a drive can be looked for: what begins with `system32` or `\\SystemRoot` is Windows' own. */
async function missing(host: Host, imagePath: string, signal?: AbortSignal): Promise<string | undefined> {
  const [, mountPoint, rest] = /^(?:\\\?\?\\)?([A-Za-z]:)\\(.+)$/.exec(imagePath.replaceAll('"', '')) ?? [];
  if (mountPoint === undefined || rest === undefined) return undefined;
  const answer = await host.probe({ by: 'drive', mountPoint, rest }, signal === undefined ? {} : { signal });
  return answer.outcome === 'not-found' ? `${mountPoint}\\${rest}` : undefined;
}
