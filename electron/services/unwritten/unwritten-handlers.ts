import type { KeptContainer } from '../../../shared/domain/kept-container.ts';
import { PROFILE_LABEL } from '../../../shared/domain/namespace.ts';
import { WORKSPACE_LABEL } from '../../../shared/domain/workspace.ts';
import { removeContainer } from '../engine/container-orders.ts';
import { askEngine, requireWindowsEngine } from '../engine/engine-state.ts';
import { inParallel } from '../in-parallel.ts';
import type { Journal } from '../journal/journal.ts';
import type { ServiceHandlers } from '../service-handlers.ts';
import type { Preferences } from '../settings/preferences.ts';
import type { Surroundings } from '../surroundings.ts';
import { copyUnwritten } from './copy-unwritten.ts';
import { findKept, type Kept, listKept } from './find-kept.ts';
import { waitingFiles } from './waiting-files.ts';

const AT_ONCE = 4;
const MOST_NAMED = 1_000;

/** Containers that are kept for what their programs did not write, behind the contract. */
export function unwrittenHandlers(
  { connection, clock }: Surroundings,
  preferences: Pick<Preferences, 'launchProfiles'>,
  journal: Pick<Journal, 'note'>,
): Pick<ServiceHandlers, 'unwritten.list' | 'unwritten.copy' | 'unwritten.remove'> {
  const rowOf = async ({ listed, item, place }: Kept, signal: AbortSignal): Promise<KeptContainer> => {
    const { ref, status } = listed;
    // One that cannot be read is listed all the same.
    const waiting = await waitingFiles(connection, ref.id, place, { signal }).catch(() => undefined);
    const workspace = ref.labels[WORKSPACE_LABEL];
    const launchedBy = ref.labels[PROFILE_LABEL];
    return {
      container: ref.name,
      item,
      status,
      ...(workspace === undefined ? {} : { workspace }),
      ...(launchedBy === undefined ? {} : { profile: launchedBy }),
      ...(place === undefined ? {} : { directory: place.directory }),
      ...(waiting === undefined ? {} : { waiting: waiting.slice(0, MOST_NAMED), count: waiting.length }),
    };
  };
  return {
    async 'unwritten.list'(_, { signal }) {
      requireWindowsEngine(await askEngine(connection, { signal }));
      const kept = await listKept(connection, await preferences.launchProfiles(), { signal });
      return { containers: await inParallel(kept, AT_ONCE, one => rowOf(one, signal)) };
    },
    async 'unwritten.copy'({ container }, { signal }) {
      const found = await findKept(connection, container, await preferences.launchProfiles(), { signal });
      const copy = await copyUnwritten(connection, found, new Date(clock.now()), signal);
      const { files, bytes } = copy;
      journal.note({
        source: 'user',
        what: 'unwritten.copied',
        subject: found.item,
        data: { container: copy.container, files, bytes },
      });
      return copy;
    },
    async 'unwritten.remove'({ container }, { signal }) {
      const found = await findKept(connection, container, await preferences.launchProfiles(), { signal });
      const { id, name } = found.listed.ref;
      await removeContainer(connection, id, { signal });
      journal.note({ source: 'user', what: 'unwritten.removed', subject: found.item, data: { container: name } });
      return { container: name };
    },
  };
}
