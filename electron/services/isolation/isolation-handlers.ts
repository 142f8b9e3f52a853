import type { Contract } from '../../../shared/contract/contract.ts';
import type { Handlers } from '../../../shared/contract/operation.ts';
import { unexpectedlyReached } from '../../../shared/domain/isolation-test.ts';
import type { Guards } from '../guard/guards.ts';
import { isAlive } from '../journal/is-alive.ts';
import type { Journal } from '../journal/journal.ts';
import { plannedContainer } from '../launching/plan-launch.ts';
import type { Surroundings } from '../surroundings.ts';
import type { IsolationBook } from './isolation-book.ts';
import { runIsolationTest } from './run-isolation-test.ts';
import { sweepIsolation } from './sweep-isolation.ts';

interface Shared {
  readonly book: IsolationBook;
  readonly guards: Guards;
  readonly journal: Journal;
  readonly simulated: { readonly scenario: string } | undefined;
}

/** The isolation self-test, behind the contract. */
export function isolationHandlers(
  around: Surroundings,
  { book, guards, journal, simulated }: Shared,
): Pick<Handlers<Contract>, 'isolation.test' | 'isolation.history' | 'leftovers.sweep'> {
  return {
    async 'leftovers.sweep'(_, { signal }) {
      const removed = await sweepIsolation(around, isAlive, signal);
      for (const name of removed) journal.note({ source: 'host', what: 'isolation.swept', subject: name });
      return { removed: [...removed] };
    },
    async 'isolation.test'({ image, plainUnc }, { signal, progress }) {
      const table = await runIsolationTest(
        around,
        {
          image,
          plainUnc,
          simulated,
          mayLaunch: (input, ready, plan) => guards.requireAllowed({ plan, ...plannedContainer(input, ready) }),
        },
        progress,
        signal,
      );
      await book.keep(table);
      journal.note({
        source: 'user',
        what: 'isolation.tested',
        subject: table.image,
        data: {
          tried: table.cells.filter(({ outcome }) => outcome !== 'not-tried').length,
          reached: table.cells.filter(({ outcome, from }) => outcome === 'reached' && from !== 'own').length,
          unexpected: unexpectedlyReached(table).length,
        },
      });
      return table;
    },
    'isolation.history': async () => ({ tables: await book.read(simulated !== undefined) }),
  };
}
