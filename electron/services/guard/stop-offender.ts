import { FaultError, faultOf } from '../../../shared/contract/fault.ts';
import type { NotStopped } from '../../../shared/domain/guard.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import { inspectIfThere } from '../engine/containers.ts';
import { stopFileSystem } from '../launching/stop.ts';
import type { Surroundings } from '../surroundings.ts';

/** What came of stopping a container. */
export type Stopping =
  | { readonly outcome: 'stopped' | 'gone'; readonly notes: readonly string[] }
  | { readonly outcome: 'not-stopped'; readonly because: NotStopped; readonly notes: readonly string[] };

/** How long it may take to write out what it holds. */
const GRACE_MS = 30_000;

/**
 * Stops an offender the safe way, and never by force: asked, waited for, its volumes verified to be gone. The container
 * stays, stopped, for whoever wants to know what it was. `profiles`: those that know how its program is asked to end, the
 * user's own too. Rejects only when cancelled.
 */
export async function stopOffender(
  around: Surroundings,
  container: string,
  profiles: readonly Profile[],
  signal: AbortSignal,
): Promise<Stopping> {
  const notes: string[] = [];
  try {
    const there = await inspectIfThere(around.connection, container, { signal });
    if (there === undefined || !there.running) return { outcome: 'gone', notes };
    const request = { name: container, force: false, graceMs: GRACE_MS, keep: true, profiles };
    await stopFileSystem(around, request, note => notes.push(note), signal);
    return { outcome: 'stopped', notes };
  } catch (error) {
    const fault = faultOf(error);
    if (fault.code === 'cancelled' || !(error instanceof FaultError)) throw error;
    if (fault.code === 'not-found') return { outcome: 'gone', notes };
    const because = fault.code === 'still-mounted' || fault.code === 'unwritten-data' ? 'did-not-end' : 'failed';
    return { outcome: 'not-stopped', because, notes: because === 'failed' ? [...notes, fault.code] : notes };
  }
}
