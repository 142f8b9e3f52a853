import { z } from 'zod';
import { decode } from './error-decoder.ts';
import type { JournalEntry } from './journal.ts';
import { dataText, filterWords } from './journal-matcher.ts';
import { severityOfEntry } from './journal-severity.ts';
import { subjectText } from './journal-subject.ts';
import type { LogPiece } from './log-piece.ts';

/**
 * Who says a line: `app` the app's own log, `engine` the engine with its containers and silos, `fsd` the driver,
 * `filesystem` a program in its container, `siloscope` what was ordered and found.
 */
export const LogOrigin = z.enum(['app', 'engine', 'fsd', 'filesystem', 'siloscope']);
export type LogOrigin = z.infer<typeof LogOrigin>;

/** The least first. */
export const LogSeverity = z.enum(['info', 'warning', 'error']);
export type LogSeverity = z.infer<typeof LogSeverity>;

/** One line of all logs on one clock. What programs print is untrusted. */
export const LogLine = z.object({
  /** ISO 8601 UTC. */
  at: z.string(),
  origin: LogOrigin,
  severity: LogSeverity,
  /** A container's name or a volume's device. */
  subject: z.string().optional(),
  /** What a person calls the subject, where that is something else: the UNC prefix or mount point of a volume. */
  name: z.string().optional(),
  text: z.string(),
  /** Of the journal's line, where it is one: it leads to that moment of the timeline. */
  sequence: z.int().positive().optional(),
});
export type LogLine = z.infer<typeof LogLine>;

/** Which lines are wanted; what is absent asks for nothing. */
export const LogFilter = z.object({
  origins: z.array(LogOrigin).optional(),
  /** This and what is worse. */
  severity: LogSeverity.optional(),
  /** Every word of it must stand somewhere in the line; case does not count. */
  text: z.string().max(500).optional(),
});
export type LogFilter = z.infer<typeof LogFilter>;

/** Makes the question of a filter, once for many lines. */
export function logMatcher({ origins, severity = 'info', text }: LogFilter): (line: LogLine) => boolean {
  const words = filterWords(text);
  const wanted = origins === undefined || origins.length === 0 ? undefined : new Set(origins);
  const least = LogSeverity.options.indexOf(severity);
  return line => {
    if (wanted !== undefined && !wanted.has(line.origin)) return false;
    if (LogSeverity.options.indexOf(line.severity) < least) return false;
    if (words.length === 0) return true;
    const whole = `${line.origin} ${line.severity} ${line.subject ?? ''} ${line.name ?? ''} ${line.text}`.toLowerCase();
    return words.every(word => whole.includes(word));
  };
}

const ORIGINS: Readonly<Record<JournalEntry['source'], LogOrigin>> = {
  fsd: 'fsd',
  engine: 'engine',
  silo: 'engine',
  host: 'siloscope',
  launch: 'siloscope',
  inspection: 'siloscope',
  user: 'siloscope',
};
/** A line of the journal among the others. */
export function journalLine(entry: JournalEntry): LogLine {
  const { at, source, what, subject, sequence } = entry;
  const told = dataText(entry, 500);
  const name = subjectText(entry);
  return {
    at,
    origin: ORIGINS[source],
    severity: severityOfEntry(entry),
    subject,
    ...(name === subject ? {} : { name }),
    text: told === '' ? what : `${what}  ${told}`,
    sequence,
  };
}

const SAYS_ERROR = /\b(?:error|fatal|panic|exception|failed|cannot|denied)\b/i;
const SAYS_WARNING = /\bwarn(?:ing)?\b/i;

/** The lines of a piece of a container's log; how bad each is is judged by its words, for programs say it in no other way. */
export function containerLines(name: string, { text, at }: LogPiece, otherwise: string): readonly LogLine[] {
  return text
    .split(/\r?\n/)
    .filter(line => line.trim() !== '')
    .map(line => ({
      at: at ?? otherwise,
      origin: 'filesystem' as const,
      severity: severityOf(line),
      subject: name,
      text: line,
    }));
}

function severityOf(text: string): LogSeverity {
  if (SAYS_ERROR.test(text) || decode(text) !== undefined) return 'error';
  return SAYS_WARNING.test(text) ? 'warning' : 'info';
}

const AppRecord = z.looseObject({
  at: z.iso.datetime({ offset: true }),
  level: LogSeverity,
  source: z.string(),
  what: z.string(),
});

/** A line of the app's own log; undefined for one that is damaged. Total. */
export function appLine(text: string): LogLine | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  const read = AppRecord.safeParse(parsed);
  if (!read.success) return undefined;
  const { at, level, source, what, pid: _, ...rest } = read.data;
  const told = Object.entries(rest).map(
    ([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return { at, origin: 'app', severity: level, text: [`${source}: ${what}`, ...told].join('  ').slice(0, 2_000) };
}
