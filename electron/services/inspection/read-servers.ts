import { classOf, samePrefix } from '../../../shared/domain/unc-prefix.ts';
import type { Volume } from '../../../shared/domain/volume.ts';
import type { Host } from '../../hosts/host.ts';
import { runIfThere, runOptions } from '../run-program.ts';
import { parseNetUse } from './parse-net-use.ts';

/**
 * Names of real servers that this host has connections to: those a volume's class could shadow. Only what `net use`
 * already knows counts; no name is sent out to find out. A connection that is a known volume's own is none.
 */
export async function readServers(
  host: Host,
  volumes: readonly Pick<Volume, 'uncPrefix'>[],
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const ran = await runIfThere(host, ['net.exe', 'use'], runOptions(signal, 10_000));
  if (ran?.exitCode !== 0) return [];
  const servers = new Map<string, string>();
  for (const { remote } of parseNetUse(ran.stdout)) {
    const prefix = remote.slice(1);
    if (volumes.some(volume => volume.uncPrefix !== undefined && samePrefix(volume.uncPrefix, prefix))) continue;
    servers.set(classOf(prefix), prefix.split('\\')[1] ?? '');
  }
  return [...servers.values()].filter(name => name !== '');
}
