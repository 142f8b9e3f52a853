import { FaultError } from '../../../shared/contract/fault.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import type { UnwrittenPlace } from '../../../shared/domain/unwritten-place.ts';
import { type ListedContainer, listContainers } from '../engine/containers.ts';
import type { CallOptions, EngineConnection } from '../engine/engine-connection.ts';
import { inParallel } from '../in-parallel.ts';
import { describeListed } from './describe-listed.ts';
import { itemOfKept } from './keep-unwritten.ts';
import { mayHoldUnwritten, unwrittenPlace } from './may-hold-unwritten.ts';

/** An ended container that may hold what was not written, and the item it was: under another name where it was put aside. */
export interface Kept {
  readonly listed: ListedContainer;
  readonly item: string;
  /** Where its program has what it did not write, as far as a profile tells. */
  readonly place: UnwrittenPlace | undefined;
}

const AT_ONCE = 8;

/** Every ended container that may hold what its program did not write, whether it was put aside or not; the oldest last. */
export async function listKept(
  connection: EngineConnection,
  profiles: readonly Profile[],
  options?: CallOptions,
): Promise<readonly Kept[]> {
  const all = await listContainers(connection, { all: true, ...options });
  const kept = await inParallel(all, AT_ONCE, async (listed): Promise<Kept | undefined> => {
    const aside = itemOfKept(listed.ref);
    if (aside === undefined && listed.state !== 'exited' && listed.state !== 'dead') return undefined;
    const described = await describeListed(connection, listed, options);
    const item = aside ?? (mayHoldUnwritten(described, profiles) ? listed.ref.name : undefined);
    return item === undefined ? undefined : { listed, item, place: unwrittenPlace(described, profiles) };
  });
  return kept.filter(one => one !== undefined);
}

/** The one of that name or id. Rejects with `not-found`, naming those that are. */
export async function findKept(
  connection: EngineConnection,
  name: string,
  profiles: readonly Profile[],
  options?: CallOptions,
): Promise<Kept> {
  const all = await listKept(connection, profiles, options);
  const asked = name.toLowerCase();
  const found = all.find(({ listed: { ref } }) => ref.name.toLowerCase() === asked || ref.id.startsWith(asked));
  if (found !== undefined) return found;
  const known = all.map(({ listed }) => listed.ref.name).slice(0, 50);
  throw new FaultError({ code: 'not-found', what: 'container with unwritten files', name, known });
}
