import { createHash } from 'node:crypto';
import { FaultError } from '../../../shared/contract/fault.ts';
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
import { Handover } from './handover.ts';
import { waitingFiles } from './waiting-files.ts';

const AT_ONCE = 4;
const MOST_NAMED = 1_000;
const MOST_MISSING = 100;

/** Containers that are kept for what their programs did not write, behind the contract. */
export function unwrittenHandlers(
  { connection, clock }: Surroundings,
  preferences: Pick<Preferences, 'launchProfiles'>,
  journal: Pick<Journal, 'note'>,
): Pick<ServiceHandlers, 'unwritten.list' | 'unwritten.copy' | 'unwritten.next' | 'unwritten.remove'> {
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
  /** Copies on their way, by the ids of who asked for them. */
  const handed = new Map<string, Handover>();
  return {
    async 'unwritten.list'(_, { signal }) {
      requireWindowsEngine(await askEngine(connection, { signal }));
      const kept = await listKept(connection, await preferences.launchProfiles(), { signal });
      return { containers: await inParallel(kept, AT_ONCE, one => rowOf(one, signal)) };
    },
    async 'unwritten.copy'({ container, id }, { signal, progress }) {
      if (handed.has(id)) {
        throw new FaultError({ code: 'invalid-input', issues: [{ path: 'id', message: 'is that of another copy' }] });
      }
      const handover = new Handover();
      handed.set(id, handover);
      const stop = (): void => handover.stop();
      signal.addEventListener('abort', stop, { once: true });
      try {
        const found = await findKept(connection, container, await preferences.launchProfiles(), { signal });
        const hash = createHash('sha256');
        let size = 0;
        const write = (bytes: Uint8Array): Promise<void> => {
          hash.update(bytes);
          size += bytes.length;
          return handover.write(bytes);
        };
        const at = new Date(clock.now());
        const { missing, ...rest } = await copyUnwritten(connection, found, { at, write, tell: progress, signal });
        await handover.end();
        const { item, listed } = found;
        const data = { container: listed.ref.name, ...rest };
        journal.note({ source: 'user', what: 'unwritten.copied', subject: item, data });
        const told = { missing: missing.slice(0, MOST_MISSING), missingCount: missing.length };
        return { ...data, ...told, size, sha256: hash.digest('hex') };
      } catch (caught) {
        handover.stop(caught instanceof FaultError ? caught : undefined);
        throw caught;
      } finally {
        signal.removeEventListener('abort', stop);
        handed.delete(id);
      }
    },
    async 'unwritten.next'({ id, stop }) {
      const handover = handed.get(id);
      if (handover === undefined) throw new FaultError({ code: 'not-found', what: 'copy', name: id });
      if (stop) {
        handover.stop();
        return { data: '', ended: true };
      }
      const { data, ended } = await handover.next();
      return { data: data.toString('base64'), ended };
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
