import { z } from 'zod';

/** How what was taken out of a text is told: by a mark such as `<user>`, or by names that stay the same throughout. */
export const TakenOutBy = z.enum(['mark', 'stand-in']);
export type TakenOutBy = z.infer<typeof TakenOutBy>;

/** What the redactor of reports puts. */
const MARK = '<(?:user|host|account|address|machine|secret|value)>';
/** What that of recordings puts: GUIDs, SIDs, MAC and IP addresses that are nobody's, numbered names. */
const STAND_IN = [
  '(?<![\\w-])(?:user|machine)-\\d+(?![\\w-])',
  'account-\\d+@example\\.invalid',
  '5105c09e-0000-4000-8000-[0-9a-f]{12}',
  'S-1-5-21-1-1-1-\\d+',
  '02-00-00-00-[0-9a-f]{2}-[0-9a-f]{2}',
  '(?<![\\d.])198\\.18\\.\\d{1,3}\\.\\d{1,3}(?![\\d.])',
  '2001:db8::[0-9a-f]+',
].join('|');

const PATTERNS: Readonly<Record<TakenOutBy, RegExp>> = {
  mark: new RegExp(`(${MARK})`, 'g'),
  'stand-in': new RegExp(`(${MARK}|${STAND_IN})`, 'g'),
};

/** A piece of a redacted text; `at`: UTF-16 units before it; `takenOut`: it stands where something was. */
export interface RedactedPiece {
  readonly at: number;
  readonly text: string;
  readonly takenOut: boolean;
}

/** A redacted text in pieces, in order and without gaps. */
export function splitTakenOut(text: string, by: TakenOutBy): readonly RedactedPiece[] {
  const pieces: RedactedPiece[] = [];
  let at = 0;
  for (const [index, piece] of text.split(PATTERNS[by]).entries()) {
    if (piece !== '') pieces.push({ at, text: piece, takenOut: index % 2 === 1 });
    at += piece.length;
  }
  return pieces;
}

/** Places of a redacted text where something was taken out. */
export function countTakenOut(text: string, by: TakenOutBy): number {
  return text.match(PATTERNS[by])?.length ?? 0;
}
