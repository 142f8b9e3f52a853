import type { Contract } from '../../../shared/contract/contract.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import type { ParsedInputOf } from '../../../shared/contract/operation.ts';
import { isRunning } from '../../../shared/domain/file-system-rows.ts';
import type { JournalEntry } from '../../../shared/domain/journal.ts';
import { type LogLine, logMatcher } from '../../../shared/domain/log-line.ts';
import { journalLine } from '../../../shared/wording/log-lines.ts';
import { logsWords } from '../../../shared/wording/screen-logs.ts';
import type { Journal } from '../journal/journal.ts';
import type { KnownValues } from '../secrets/known-values.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Watch } from '../watch.ts';
import { clockSkew } from './clock-skew.ts';
import { ContainerReader } from './container-reader.ts';

/** The app's own log, whoever of its processes wrote it. */
export interface AppLog {
  /** The last lines, oldest first. */
  read(most: number): Promise<readonly LogLine[]>;
  /** Its files as they are, newest first. */
  files(): Promise<readonly { readonly name: string; readonly content: string }[]>;
  /** Told each line that comes from now on. Answers the undo. */
  follow(listener: (line: LogLine) => void): () => void;
}

export interface LogSources {
  readonly journal: Journal;
  readonly watch: Watch;
  /** Absent: none is kept. */
  readonly appLog?: AppLog | undefined;
  readonly known: KnownValues;
}

type Asked = ParsedInputOf<Contract, 'log.follow'>;

/** So many containers are read at once; a host may have a thousand. */
const AT_ONCE = 8;
/** Each is a connection to the engine. */
const MOST_FOLLOWED = 100;
/** Lines told in one message. */
const LARGEST_BATCH = 500;

/**
 * Tells the last lines of all logs in the order of their time, and then, with `follow`, each that comes, until aborted
 * (`cancelled`). A log that cannot be read is told as a line, and the others go on.
 */
export async function followAllLogs(
  around: Surroundings,
  sources: LogSources,
  asked: Asked,
  tell: (told: { readonly lines: LogLine[] }) => void,
  signal?: AbortSignal,
): Promise<{ readonly lines: number }> {
  const fits = logMatcher(asked.filter ?? {});
  const now = (): string => new Date(around.clock.now()).toISOString();
  let count = 0;
  let early: LogLine[] | undefined = [];
  const send = (lines: readonly LogLine[]): void => {
    const wanted = lines.filter(fits);
    count += wanted.length;
    for (let at = 0; at < wanted.length; at += LARGEST_BATCH) tell({ lines: wanted.slice(at, at + LARGEST_BATCH) });
  };
  const hear = (lines: readonly LogLine[]): void => {
    if (early === undefined) send(lines);
    else early.push(...lines);
  };
  // The engine's host may be another machine: its lines are put on this one's clock.
  const skewMs = await clockSkew(around.connection, around.clock, signal);
  const reader = new ContainerReader(around, { known: sources.known, skewMs, hear }, signal);
  // Whoever follows hears from the beginning on, so that nothing falls between the past and the present.
  const undoes = asked.follow
    ? [
        sources.journal.onAppended(entry => {
          hear([journalLine(entry)]);
          if (entry.what === 'container.started') reader.begin(entry);
        }),
        sources.appLog?.follow(line => hear([line])),
      ]
    : [];
  try {
    const began = now();
    const [past, app, containers] = await Promise.all([
      lastEntries(sources.journal, asked.tail, signal),
      sources.appLog?.read(asked.tail) ?? [],
      pastOfContainers(sources.watch, reader, asked.tail, signal),
    ]);
    const known = new Set(past.map(({ sequence }) => sequence));
    const lines = [...past.map(journalLine), ...app, ...containers.lines].filter(fits);
    send(inOrder(lines).slice(-asked.tail));
    // That there is nothing is an answer, too.
    if (count === 0) tell({ lines: [] });
    const missed = early.filter(({ sequence }) => sequence === undefined || !known.has(sequence));
    early = undefined;
    send(inOrder(missed));
    if (skewMs !== 0 && containers.lines.length + containers.running.length > 0) {
      send([{ at: now(), origin: 'siloscope', severity: 'warning', text: logsWords.skewed(skewMs) }]);
    }
    if (!asked.follow) return { lines: count };
    for (const name of containers.running.slice(0, MOST_FOLLOWED)) reader.follow(name, Date.parse(began));
    const left = containers.running.length - MOST_FOLLOWED;
    if (left > 0) {
      const text = logsWords.notFollowed(left);
      send([{ at: now(), origin: 'siloscope', severity: 'warning', text }]);
    }
    await untilAborted(signal);
    throw new FaultError({ code: 'cancelled' });
  } finally {
    for (const undo of undoes) undo?.();
  }
}

/** By time; what has the same stays as it was told. */
const inOrder = (lines: readonly LogLine[]): readonly LogLine[] =>
  lines.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));

async function lastEntries(journal: Journal, most: number, signal?: AbortSignal): Promise<readonly JournalEntry[]> {
  if (most === 0) return [];
  const asked = { after: 0, before: Number.MAX_SAFE_INTEGER, limit: Math.min(most, 10_000) };
  return (await journal.read(asked, signal)).entries;
}

async function pastOfContainers(
  watch: Watch,
  reader: ContainerReader,
  tail: number,
  signal?: AbortSignal,
): Promise<{ readonly lines: readonly LogLine[]; readonly running: readonly string[] }> {
  const listed = await watch.read(signal).catch((caught: unknown) => {
    if (signal?.aborted === true) throw caught;
    return undefined;
  });
  const rows = listed?.fileSystems ?? [];
  const names = rows.map(({ container }) => container.name);
  const lines: LogLine[] = [];
  for (let at = 0; at < names.length; at += AT_ONCE) {
    const parts = await Promise.all(names.slice(at, at + AT_ONCE).map(name => reader.past(name, tail)));
    lines.push(...parts.flat());
  }
  return { lines, running: rows.filter(isRunning).map(({ container }) => container.name) };
}

function untilAborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise(resolve => {
    if (signal?.aborted === true) resolve();
    else signal?.addEventListener('abort', () => resolve(), { once: true });
  });
}
