import { FaultError } from '../../shared/contract/fault.ts';
import type { Journal } from './journal/journal.ts';
import type { Relaunches } from './relaunching/relaunches.ts';
import type { HostHandlers } from './service-handlers.ts';

/**
 * Once the engine answers for the first time: removes what self-tests of ended processes left, and tells in the journal
 * of relaunches that were broken off, since only a person knows which of the two is to stay. Answers the undo.
 */
export function tidyWhenConnected(
  journal: Pick<Journal, 'note' | 'onAppended'>,
  handlers: Pick<HostHandlers, 'leftovers.sweep'>,
  relaunches: Pick<Relaunches, 'broken'>,
): () => void {
  const cancel = new AbortController();
  const tidy = async (): Promise<void> => {
    await handlers['leftovers.sweep']({}, { signal: cancel.signal, progress: () => undefined });
    for (const { name, before, after } of await relaunches.broken(cancel.signal)) {
      const sides = { before: before?.name, after: after?.name };
      const data = Object.fromEntries(Object.entries(sides).filter(([, value]) => value !== undefined));
      journal.note({ source: 'launch', what: 'relaunch.broken-off', subject: name, data });
    }
  };
  let isDone = false;
  const undo = journal.onAppended(({ what }) => {
    if (what !== 'engine.connected' || isDone) return;
    isDone = true;
    void tidy().catch((error: unknown) => {
      // The engine was gone again before it was done: it is tried when it comes back.
      isDone = !(error instanceof FaultError) || cancel.signal.aborted;
    });
  });
  return () => {
    undo();
    cancel.abort();
  };
}
