import { EXIT_CODES, FaultError } from '../../../../shared/contract/fault.ts';
import { compareIsolation, isolationGrid } from '../../../../shared/domain/compare-isolation.ts';
import { unexpectedlyReached } from '../../../../shared/domain/isolation-test.ts';
import {
  isolationWords,
  wordIsolationPlace,
  wordIsolationProgress,
} from '../../../../shared/wording/word-isolation.ts';
import type { Context } from '../context.ts';
import { writeComparison, writeGrid, writeIsolation } from '../text/isolation-text.ts';
import { faint } from '../text/style.ts';

export interface IsolationOptions {
  readonly image?: string;
  readonly plainUnc?: boolean;
  readonly history?: boolean;
  /** Ids of earlier tests; none: the last two. */
  readonly compare?: string | true;
}

/** Runs the self-test, or shows earlier ones. 6: something was reached that by the rule cannot be. */
export async function testIsolation(context: Context, options: IsolationOptions): Promise<number> {
  if (options.history === true) return history(context);
  if (options.compare !== undefined) return compare(context, options.compare);
  const { image, plainUnc = false } = options;
  const table = await context.withSession(session =>
    session.call('isolation.test', { plainUnc, ...(image === undefined ? {} : { image }) }, told => {
      // Fifty-six lines of looks are told by the table.
      if (told.step !== 'looks' || told.state !== 'started')
        context.remark(page => page.text(wordIsolationProgress(told)));
    }),
  );
  context.answer(table, page => writeIsolation(page, table));
  return unexpectedlyReached(table).length > 0 ? EXIT_CODES.policyViolated : EXIT_CODES.done;
}

async function history(context: Context): Promise<number> {
  const { tables } = await context.withSession(session => session.call('isolation.history', {}));
  context.answer({ tables }, page => {
    if (tables.length === 0) page.text(isolationWords.none);
    for (const table of tables) {
      const reached = table.cells.filter(({ outcome, from }) => outcome === 'reached' && from !== 'own').length;
      page.text(
        [`${table.id}  `, faint(`${table.takenAt}  `), `${wordIsolationPlace(table)}: ${reached} ways in from outside`],
        { hang: 12 },
      );
    }
    writeGrid(page, isolationGrid(tables));
  });
  return EXIT_CODES.done;
}

async function compare(context: Context, which: string | true): Promise<number> {
  const { tables, scenario } = await context.withSession(async session => {
    const [{ tables }, { host }] = await Promise.all([
      session.call('isolation.history', {}),
      session.call('snapshot.take', {}),
    ]);
    return { tables, scenario: host.scenario };
  });
  // Of one simulation only: two of them are not two states of one Windows.
  const comparable = tables.filter(table => table.scenario === scenario);
  const after = comparable.at(-1);
  const before = which === true ? comparable.at(-2) : tables.find(({ id }) => id.startsWith(which));
  if (after === undefined || before === undefined || after === before) {
    const name = which === true ? 'an earlier one' : which;
    throw new FaultError({
      code: 'not-found',
      what: 'self-test to compare with',
      name,
      known: tables.map(({ id }) => id),
    });
  }
  const comparison = compareIsolation(before, after);
  if (comparison === undefined) {
    const message = 'one of the two is of another simulation: that would compare scenarios, not Windows';
    throw new FaultError({ code: 'invalid-input', issues: [{ path: '--compare', message }] });
  }
  context.answer({ before: before.id, after: after.id, ...comparison }, page =>
    writeComparison(page, before, after, comparison),
  );
  return EXIT_CODES.done;
}
