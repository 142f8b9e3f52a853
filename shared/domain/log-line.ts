import { z } from 'zod';
import { decode } from './error-decoder.ts';
import { dataText, filterWords } from './journal-matcher.ts';
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
  /** What it says: a program's own text, anything else in plain words. */
  text: z.string(),
  /** Its raw name, where it is no program's own text: `container.started`, `image.pull`. */
  what: z.string().optional(),
  /** What came with that name. */
  data: z.record(z.string(), z.unknown()).optional(),
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
    const whole = searched.get(line) ?? searchedText(line);
    searched.set(line, whole);
    return words.every(word => whole.includes(word));
  };
}

/** Whoever types a filter asks the same lines again with each letter. */
const searched = new WeakMap<LogLine, string>();

function searchedText(line: LogLine): string {
  const { origin, severity, subject = '', name = '', what = '', text } = line;
  return `${origin} ${severity} ${subject} ${name} ${what} ${text} ${dataText(line)}`.toLowerCase();
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
