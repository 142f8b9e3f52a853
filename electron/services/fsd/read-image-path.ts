import { registryData } from '../../../shared/domain/parse-reg-query.ts';
import type { Host } from '../../hosts/host.ts';
import { runIfThere, runOptions } from '../run-program.ts';

/**
 * The file of a service's driver, as a full path on a drive. Undefined where it cannot be read, and for what begins
 * with `system32` or `\SystemRoot`, which is Windows' own.
 */
export async function readImagePath(
  host: Pick<Host, 'run'>,
  service: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const key = `HKLM\\SYSTEM\\CurrentControlSet\\Services\\${service}`;
  const ran = await runIfThere(host, ['reg.exe', 'query', key, '/v', 'ImagePath'], runOptions(signal));
  const image = ran?.exitCode === 0 ? registryData(ran.stdout, 'ImagePath') : undefined;
  return /^(?:\\\?\?\\)?([A-Za-z]:\\.+)$/.exec(image?.replaceAll('"', '') ?? '')?.[1];
}
