import type { Contract } from '../../shared/contract/contract.ts';
import type { Handlers } from '../../shared/contract/operation.ts';
import { JournalState } from '../../shared/domain/journal-state.ts';
import { logMatcher } from '../../shared/domain/log-line.ts';
import { journalLine } from '../../shared/wording/log-lines.ts';
import { wordedMatcher } from '../../shared/wording/word-journal.ts';
import type { FakeWorld } from './fake-world.ts';

type JournalCall = 'journal.moment' | 'journal.read' | 'log.follow' | 'filesystem.logs';

/** What was told, in pages, as it was at a moment, and as a log. */
export function fakeJournal(world: FakeWorld): Pick<Handlers<Contract>, JournalCall> {
  return {
    'log.follow': async ({ follow, filter }, { progress, signal }) => {
      const fits = logMatcher(filter ?? {});
      const lines = world.journal.map(journalLine).filter(fits);
      progress({ lines });
      if (follow) await untilAborted(signal);
      return { lines: lines.length };
    },
    'filesystem.logs': async ({ name, follow }, { progress, signal }) => {
      progress({ stream: 'stdout', text: `The service ${name} has been started.\r\n`, at: world.iso() });
      if (follow) await untilAborted(signal);
      return { ended: !follow };
    },
    'journal.moment': ({ at, sequence }) => {
      const end =
        at === undefined
          ? sequence
          : (world.journal.filter(entry => Date.parse(entry.at) <= Date.parse(at)).at(-1)?.sequence ?? 0);
      const state = new JournalState();
      const told = world.journal.slice(0, end ?? world.journal.length);
      for (const entry of told) state.apply(entry);
      const last = told.at(-1);
      return {
        ...state.data(),
        ...(last === undefined ? {} : { at: at ?? last.at, entryAt: last.at }),
        sequence: last?.sequence ?? 0,
        watched: true,
        first: Math.min(1, world.journal.length),
        last: world.journal.length,
      };
    },
    'journal.read': ({ after, before, limit, filter }) => {
      const fits = wordedMatcher(filter ?? {});
      const all = world.journal.filter(
        entry => entry.sequence > after && entry.sequence < (before ?? Number.POSITIVE_INFINITY) && fits(entry),
      );
      const entries = before === undefined ? all.slice(0, limit) : all.slice(-limit);
      const next =
        all.length > entries.length ? (before === undefined ? entries.at(-1) : entries[0])?.sequence : undefined;
      return {
        entries,
        first: Math.min(1, world.journal.length),
        last: world.journal.length,
        ...(next === undefined ? {} : { next }),
      };
    },
  };
}

const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
