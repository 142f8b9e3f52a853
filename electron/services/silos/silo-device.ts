import type { Clock } from '../../../shared/base/clock.ts';
import type { Namespace } from '../../../shared/domain/namespace.ts';
import type { ObjectEntry, ObjectNamespace, ObjectRefusal } from '../../hosts/host.ts';
import { walkDirectory } from './walk-directory.ts';

/** A silo's `\Device\Mup`: a link, as long as it is the host's. */
export interface MupObject {
  readonly type: string;
  /** Absent for what is no link, and where the target could not be read. */
  readonly target?: string;
  readonly elapsedMs?: number;
}

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
  /** Where it was read as well. */
  readonly mup?: MupObject;
}

const PROVIDER = /^WinFsp\.Mup(?:\+[^{}\\]{1,64})?\{([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}$/i;

/** The GUIDs that WinFsp's providers among these entries carry, each once. One silo has one. */
export function providerGuids(entries: readonly ObjectEntry[]): readonly string[] {
  return [...new Set(entries.flatMap(({ name }) => PROVIDER.exec(name)?.[1]?.toLowerCase() ?? []))];
}

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

/** Reads the silo's `\Device\Mup`; undefined where it has none. */
export async function readMup(
  { host, clock }: { readonly host: { readonly objects: ObjectNamespace }; readonly clock: Clock },
  siloId: number,
  { entries }: Pick<SiloDevice, 'entries'>,
  signal?: AbortSignal,
): Promise<MupObject | undefined> {
  const mup = entries.find(entry => entry.name.toLowerCase() === 'mup');
  if (mup?.type !== 'SymbolicLink') return mup && { type: mup.type };
  const started = clock.now();
  const link = await host.objects.readLink(`\\Silos\\${siloId}\\Device\\${mup.name}`, signal);
  const elapsedMs = Math.max(0, clock.now() - started);
  return { type: mup.type, elapsedMs, ...('target' in link ? { target: link.target } : {}) };
}

/** What the MUP was seen to be, for the rule. A link whose target could not be read may be any. */
export function seenMup(mup: MupObject | undefined): Namespace['mup'] {
  if (mup === undefined) return undefined;
  if (mup.type !== 'SymbolicLink') return 'own';
  if (mup.target === undefined) return undefined;
  return /^\\Device\\Mup$/i.test(mup.target) ? 'shared' : 'elsewhere';
}
