import { escapeUntrusted, escapeUntrustedLines } from '../../shared/wording/plain-text.ts';

/** Longer than a name may be: sentences and command lines. */
const LONGEST_LINE = 2_000;

/** Text that may hold what a container chose, as one harmless line. */
export function plainText(text: string): string {
  return escapeUntrusted(text, LONGEST_LINE);
}

/** Longer than this a name would fill a title or a sentence; the whole of it stands in a table or a tip. */
const LONGEST_IN_TITLE = 64;

/** A name inside a title, a sentence or a button. */
export function shortName(name: string): string {
  return escapeUntrusted(name, LONGEST_IN_TITLE);
}

/** The same for output of several lines. */
export function plainLines(text: string, most?: number): string {
  return escapeUntrustedLines(text, most).join('\n');
}
