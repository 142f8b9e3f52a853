import { createColors } from 'picocolors';
import type { Io } from '../io.ts';

/** What a piece of text is for; how that looks is decided here alone. Never the only carrier of a meaning. */
export type Tone = 'plain' | 'good' | 'bad' | 'doubtful' | 'faint' | 'strong' | 'command';

export interface Span {
  readonly text: string;
  readonly tone: Tone;
}

/** A piece of text: trusted and untrusted alike, since the page makes every piece printable. */
export type Text = string | Span | readonly (string | Span)[];

export interface Style {
  /** Columns for sentences. */
  readonly width: number;
  /** Columns for tables: a pipe is not a terminal and gets whole rows. */
  readonly tableWidth: number;
  paint(text: string, tone: Tone): string;
}

/** Colour only on a terminal that wants it: NO_COLOR (no-color.org), `TERM=dumb` and `--no-color` are heeded. */
export function styleFor(output: Io['stdout'], env: Io['env'], color: boolean): Style {
  const wanted = color && output.isTTY && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
  const colors = createColors(wanted);
  const painters: Record<Tone, (text: string) => string> = {
    plain: text => text,
    good: colors.green,
    bad: text => colors.bold(colors.red(text)),
    doubtful: colors.yellow,
    faint: colors.dim,
    strong: colors.bold,
    command: colors.cyan,
  };
  // A terminal that nobody has sized says 0.
  const columns = [output.columns, Number(env['COLUMNS'])].find(
    found => found !== undefined && Number.isSafeInteger(found) && found > 0,
  );
  return {
    width: Math.max(20, Math.min(columns ?? 80, 100)),
    tableWidth: columns === undefined ? Number.POSITIVE_INFINITY : Math.max(20, columns),
    paint: (text, tone) => painters[tone](text),
  };
}

export const span = (tone: Tone, text: string): Span => ({ text, tone });
export const good = (text: string): Span => span('good', text);
export const bad = (text: string): Span => span('bad', text);
export const doubtful = (text: string): Span => span('doubtful', text);
export const faint = (text: string): Span => span('faint', text);
export const strong = (text: string): Span => span('strong', text);
export const command = (text: string): Span => span('command', text);

export function spansOf(text: Text): readonly Span[] {
  if (typeof text === 'string') return [span('plain', text)];
  if ('tone' in text) return [text];
  return text.map(piece => (typeof piece === 'string' ? span('plain', piece) : piece));
}
