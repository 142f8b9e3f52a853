import { escapeUntrusted, escapeUntrustedLines } from '../../shared/wording/plain-text.ts';

/** Longer than a name may be: sentences and command lines. */
const LONGEST_LINE = 2_000;

/** Text that may hold what a container chose, as one harmless line. */
export function plainText(text: string): string {
  return escapeUntrusted(text, LONGEST_LINE);
}

/** The same for output of several lines. */
export function plainLines(text: string): string {
  return escapeUntrustedLines(text).join('\n');
}
