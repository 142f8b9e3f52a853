import type { Command } from 'commander';
import { systemClock } from '../../../../shared/base/clock.ts';
import { EXIT_CODES, type Fault, FaultError } from '../../../../shared/contract/fault.ts';
import { compareMoments } from '../../../../shared/domain/compare-moments.ts';
import {
  type JournalEntry,
  type JournalFilter,
  type JournalPage,
  JournalSource,
} from '../../../../shared/domain/journal.ts';
import { type JournalMoment, momentInspection } from '../../../../shared/domain/journal-moment.ts';
import { wordedMatcher } from '../../../../shared/wording/word-journal.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { momentTime } from '../moment-time.ts';
import type { Session } from '../session.ts';
import { teach } from '../teach.ts';
import { writeJournal, writeJournalLine } from '../text/journal-text.ts';
import { writeMoment, writeMomentDiff } from '../text/moment-text.ts';
import { faint } from '../text/style.ts';
import { untilAborted } from '../until-aborted.ts';
import { wholeNumber } from '../whole-number.ts';

export function addJournal(program: Command, act: Act): void {
  const time = momentTime(() => systemClock.now());
  const made = program
    .command('journal')
    .description('print what has happened: one timeline of host, FSD, engine, silos, volumes, findings and orders')
    .option('--since <time>', 'only from then on: 14:02, 2026-11-22T14:02:10Z, or 10m for ten minutes ago', time)
    .option('--until <time>', 'only up to then', time)
    .option('--kind <kind>', 'only such lines: volume, volume.leaked, container...; may be repeated', several, [])
    .option('--source <source>', `only from ${JournalSource.options.join(', ')}; may be repeated`, several, [])
    .option('--container <name>', 'only what is about this container, by its name or id')
    .option('--text <words>', 'only lines that hold all these words')
    .option('--after <number>', 'from the line after this one on, instead of the last ones', wholeNumber(0))
    .option('--limit <number>', 'at most so many (default: 200)', wholeNumber(1, 10_000))
    .option('--follow', 'go on as it happens, until Ctrl-C')
    .option(
      '--at <time>',
      'in the place of lines: which volumes there were then, and who saw them, as then known',
      time,
    )
    .option('--diff <time>', 'with --at: what changed from then to this time, or to "now"', laterTime(time))
    .action(act(journal));
  teach(made, {
    prose: [
      'The journal of a real host is kept in the user folder (SILOSCOPE_HOME), whatever command wrote it; a simulated host has one that ends with it, unless SILOSCOPE_JOURNAL names a folder.',
    ],
    examples: [
      'siloscope journal --kind volume.leaked --since 1d',
      'siloscope journal --at 14:02',
      'siloscope journal --at 14:02 --diff 14:10',
      'siloscope journal --at 1h --diff now --json',
      'siloscope journal --container b --follow --json',
    ],
  });
}

function several(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

interface JournalOptions {
  readonly since?: string;
  readonly until?: string;
  readonly kind: readonly string[];
  readonly source: readonly string[];
  readonly container?: string;
  readonly text?: string;
  readonly after?: number;
  readonly limit?: number;
  readonly follow?: boolean;
  readonly at?: string;
  readonly diff?: string;
}

/** A time, or `now`: the present as the journal knows it. */
function laterTime(time: (text: string) => string): (text: string) => string {
  return text => (text === NOW ? text : time(text));
}

const NOW = 'now';

async function journal(context: Context, options: JournalOptions): Promise<number> {
  const { at, diff } = options;
  if (diff !== undefined && at === undefined) {
    throw new FaultError({ code: 'invalid-input', issues: [{ path: '--diff', message: 'needs --at' }] });
  }
  const filter = filterOf(options);
  await context.withSession(async session => {
    if (at !== undefined && diff !== undefined) await showDiff(context, session, at, diff);
    else if (at !== undefined) {
      const moment = await session.call('journal.moment', { at });
      context.answer({ ...moment, unrecorded: unrecordedIn(moment) }, page => writeMoment(page, moment));
    } else if (options.follow === true) await follow(context, session, options, filter);
    else {
      const { after, limit = DEFAULT_LIMIT } = options;
      const answer = await readLines(session, filter, { after, limit });
      const { entries, next } = answer;
      context.answer(answer, page => {
        if (entries.length === 0) page.text(filter === undefined ? 'Nothing has happened yet.' : 'No line fits.');
        else writeJournal(page, entries);
        if (next === undefined) return;
        const hint = after === undefined ? 'older lines: --limit, --since, --after 0' : `newer lines: --after ${next}`;
        page.text(faint(`There are ${hint}.`));
      });
    }
  });
  return EXIT_CODES.done;
}

/** What an older Siloscope did not write down of it. */
function unrecordedIn(moment: JournalMoment) {
  const { chains, mups, gaps } = momentInspection(moment).unrecorded;
  return { chains: [...chains], mups: [...mups], gaps };
}

async function showDiff(context: Context, session: Session, at: string, other: string): Promise<void> {
  const before = await session.call('journal.moment', { at });
  const after = await session.call('journal.moment', other === NOW ? {} : { at: other });
  const diff = compareMoments(before, after);
  context.answer(diff, page => writeMomentDiff(page, diff, [before, after]));
}

const DEFAULT_LIMIT = 200;

function filterOf({ since, until, kind, source, container, text }: JournalOptions): JournalFilter | undefined {
  const sources = source.map(name => {
    const known = JournalSource.safeParse(name);
    if (known.success) return known.data;
    const message = `expected one of ${JournalSource.options.join(', ')}, found "${name}"`;
    throw new FaultError({ code: 'invalid-input', issues: [{ path: '--source', message }] });
  });
  const filter: JournalFilter = {
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    ...(kind.length === 0 ? {} : { kinds: [...kind] }),
    ...(sources.length === 0 ? {} : { sources }),
    ...(container === undefined ? {} : { container }),
    ...(text === undefined ? {} : { text }),
  };
  return Object.keys(filter).length === 0 ? undefined : filter;
}

/** The last lines that fit, or the first ones after one. A long journal is looked through piece by piece; Ctrl-C ends it. */
async function readLines(
  session: Session,
  filter: JournalFilter | undefined,
  { after, limit }: { readonly after: number | undefined; readonly limit: number },
): Promise<JournalPage> {
  const entries: JournalEntry[] = [];
  for (let from = after ?? Number.MAX_SAFE_INTEGER; ; ) {
    const place: { readonly after: number } | { readonly before: number } =
      after === undefined ? { before: from } : { after: from };
    const asked = { ...place, limit: limit - entries.length, ...(filter === undefined ? {} : { filter }) };
    const page = await session.call('journal.read', asked);
    if (after === undefined) entries.unshift(...page.entries);
    else entries.push(...page.entries);
    if (page.next === undefined || entries.length >= limit) return { ...page, entries };
    from = page.next;
  }
}

async function follow(
  context: Context,
  session: Session,
  { after, limit = 20 }: JournalOptions,
  filter: JournalFilter | undefined,
): Promise<void> {
  const fits = wordedMatcher(filter ?? {});
  let last = 0;
  const write = (entry: JournalEntry): void => {
    if (entry.sequence <= last || !fits(entry)) return;
    last = entry.sequence;
    context.line(entry, page => writeJournalLine(page, entry));
  };
  const early: JournalEntry[] = [];
  let isReady = false;
  const lost = new Promise<Fault>(resolve => {
    session.client.onClosed(() =>
      resolve({ code: 'host-unreachable', host: 'siloscope', reason: 'the connection was closed' }),
    );
  });
  session.client.on('journal.appended', entry => (isReady ? write(entry) : early.push(entry)));
  // Another host, another journal: its numbers begin elsewhere.
  session.client.on('host.changed', () => {
    last = 0;
  });
  const { entries } = await readLines(session, filter, { after, limit });
  for (const entry of [...entries, ...early]) write(entry);
  isReady = true;
  const fault = await Promise.race([lost, untilAborted(context.io.signal)]);
  if (fault !== undefined) throw new FaultError(fault);
}
