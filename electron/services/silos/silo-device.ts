import type { ObjectEntry, ObjectNamespace, ObjectRefusal } from '../../hosts/host.ts';
import { walkDirectory } from './walk-directory.ts';

/** What the object namespace tells of one silo without opening anything. */
export interface SiloDevice {
  readonly entries: readonly ObjectEntry[];
  /** How long the reading took. */
  readonly elapsedMs?: number;
  /** The MUP provider of this silo, without `\Device\`: `WinFsp.Mup+2.1{guid}`. */
  readonly provider?: string;
  /** The kernel's container GUID, out of that name. Ground: winfsp src/sys/driver.c. */
  readonly containerGuid?: string;
  /** The FSD made its devices here: without them no file system can be mounted in this silo. */
  readonly hasWinFsp: boolean;
}

const PROVIDER = /^WinFsp\.Mup(?:\+[^{}\\]{1,64})?\{([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}$/i;

/** Reads `\Silos\<id>\Device`. */
export async function readSiloDevice(
  objects: ObjectNamespace,
  siloId: number,
  signal?: AbortSignal,
): Promise<SiloDevice | { readonly refused: ObjectRefusal }> {
  const answer = await walkDirectory(objects, `\\Silos\\${siloId}`, ['Device'], signal);
  if ('refused' in answer) return answer;
  const provider = answer.entries.find(entry => PROVIDER.test(entry.name))?.name;
  const guid = provider === undefined ? undefined : PROVIDER.exec(provider)?.[1]?.toLowerCase();
  return {
    entries: answer.entries,
    ...(provider === undefined ? {} : { provider }),
    ...(guid === undefined ? {} : { containerGuid: guid }),
    hasWinFsp: answer.entries.some(entry => /^WinFsp\.(Disk|Net)(\+|$)/i.test(entry.name)),
  };
}
