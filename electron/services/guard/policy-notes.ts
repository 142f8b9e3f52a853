import type { GuardFinding, GuardViolation } from '../../../shared/domain/guard.ts';

/** Where a guard writes down what violates its policy, and what does no longer. */
export interface PolicyNotes {
  readonly policy: string;
  readonly note: (what: string, subject: string, data: Record<string, unknown>) => void;
}

/** Of a first judgement that finds hundreds, the journal gets so many lines. */
const MOST_NOTES = 50;

/** What of it is new, and what is over. */
export function noteSights(
  notes: PolicyNotes,
  before: ReadonlyMap<string, GuardViolation>,
  now: ReadonlyMap<string, GuardViolation>,
): void {
  noteChanges(notes, before, now, ({ device, container, uncPrefix, viewer, viewers, rule, rank }) => ({
    subject: device,
    data: {
      container,
      uncPrefix,
      seenFrom: viewer,
      viewers,
      ...(rule === undefined ? {} : { rule: rule + 1 }),
      rank,
    },
  }));
}

/** The same of findings. */
export function noteFindings(
  notes: PolicyNotes,
  before: ReadonlyMap<string, GuardFinding>,
  now: ReadonlyMap<string, GuardFinding>,
): void {
  noteChanges(notes, before, now, ({ code, severity, summary, volumes, namespaces }) => ({
    subject: code,
    data: {
      code,
      severity,
      summary,
      volumes: volumes.slice(0, MOST_NOTES),
      namespaces: namespaces.slice(0, MOST_NOTES),
    },
  }));
}

function noteChanges<T>(
  { policy, note }: PolicyNotes,
  before: ReadonlyMap<string, T>,
  now: ReadonlyMap<string, T>,
  told: (one: T) => { readonly subject: string; readonly data: Record<string, unknown> },
): void {
  const fresh = [...now].filter(([key]) => !before.has(key));
  const over = [...before].filter(([key]) => !now.has(key));
  for (const [what, changed] of [
    ['policy.violated', fresh],
    ['policy.restored', over],
  ] as const) {
    for (const [, one] of changed.slice(0, MOST_NOTES)) {
      const { subject, data } = told(one);
      note(what, subject, { policy, ...data });
    }
    const more = changed.length - MOST_NOTES;
    if (more > 0) note(what, policy, { policy, more });
  }
}
