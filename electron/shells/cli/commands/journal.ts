import type { Command } from 'commander';
import { EXIT_CODES } from '../../../../shared/contract/fault.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { JOURNAL_COLUMNS, journalRow } from '../text/journal-text.ts';
import { wholeNumber } from '../whole-number.ts';

export function addJournal(program: Command, act: Act): void {
  program
    .command('journal')
    .description('print what has happened: one timeline of host, FSD, engine, silos and launches')
    .option('--after <number>', 'only entries after this one', wholeNumber(0))
    .option('--limit <number>', 'at most so many, oldest first', wholeNumber(1, 10_000))
    .action(act(journal));
}

interface JournalOptions {
  readonly after?: number;
  readonly limit?: number;
}

async function journal(context: Context, options: JournalOptions): Promise<number> {
  const answer = await context.withSession(session => session.call('journal.read', options));
  context.answer(answer, page => {
    if (answer.entries.length === 0) page.text('Nothing has happened yet.');
    else page.table({ columns: JOURNAL_COLUMNS, rows: answer.entries.map(journalRow) });
  });
  return EXIT_CODES.done;
}
