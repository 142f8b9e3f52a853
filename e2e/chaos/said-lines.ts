import { EvidenceStep } from '../../shared/domain/evidence.ts';
import type { JournalEntry } from '../../shared/domain/journal.ts';
import { JournalState } from '../../shared/domain/journal-state.ts';

/** What a line tells, without its number, its time and its details. */
export const textOf = ({ what, subject }: JournalEntry): string => `${what} ${subject}`;

/** What one process sees of a volume in two lines, another that came later sees in the one of its coming. */
const SEEN_LATER: Readonly<Record<string, (data: NonNullable<JournalEntry['data']>) => unknown>> = {
  'volume.evidence-changed': ({ chain }) =>
    EvidenceStep.array()
      .safeParse(chain)
      .data?.map(({ code, holds }) => `${code} ${holds}`)
      .toSorted(),
  'volume.mounted': ({ mountPoints }) => mountPoints,
};

/** Those of the lines that none of `found` says, be it in the line of a volume's coming. */
export function unsaid(lines: readonly JournalEntry[], found: readonly JournalEntry[]): readonly JournalEntry[] {
  const texts = new Set(found.map(textOf));
  return lines.filter(line => !texts.has(textOf(line)) && !found.some(other => isSaidBy(line, other)));
}

function isSaidBy({ what, subject, data = {} }: JournalEntry, other: JournalEntry): boolean {
  if (other.what !== 'volume.appeared' || other.subject !== subject) return false;
  const seen = JSON.stringify(SEEN_LATER[what]?.(data));
  return seen !== undefined && seen === JSON.stringify(SEEN_LATER[what]?.(other.data ?? {}));
}

/** Lines without those that say nothing to who knows a journal: it says so at its end, or knows nothing of what ended. */
export function withoutKnown(
  lines: readonly JournalEntry[],
  journal: readonly JournalEntry[],
): readonly JournalEntry[] {
  const state = new JournalState();
  for (const entry of journal) state.apply(entry);
  return lines.filter(line => !state.isRepeat(line));
}
