import { assertNever } from '../base/assert-never.ts';
import type { GuardAct, GuardMode, GuardState, NotStopped } from '../domain/guard.ts';
import { formatCount } from './amounts.ts';
import { escapeUntrusted } from './plain-text.ts';
import { wordViolations } from './violation-count.ts';

/** Words of the guard, for screens and command line. */
export const guardWords = {
  title: 'Guard',
  hint: 'Watches who sees what while Siloscope runs, and findings where the policy speaks of them. What is only expected by a rule is told; nothing is ever stopped for it, or for a finding.',
  mode: 'When the policy is violated',
  modes: {
    off: 'Do nothing',
    observe: 'Say so',
    refuse: 'Say so, and refuse launches that would violate it',
    stop: 'Say so, refuse launches, and stop the offender',
  } satisfies Record<GuardMode | 'off', string>,
  stopHint:
    'A container is stopped only after its volume was opened from where the policy forbids it. It is asked to shut down, never killed, and stays there, stopped. What its file system kept in memory is lost.',
  includeRunning: 'Also stop what ran before the guard did',
  bar: ({ count, expected = 0, policy }: Pick<GuardState, 'count' | 'expected' | 'policy'>): string =>
    `Policy "${escapeUntrusted(policy, 80)}": ${wordViolations(count, expected)}.`,
  barMore: (summary: string, more: number): string => (more === 0 ? summary : `${summary} And ${more} more.`),
  show: 'Show who sees it',
  acts: 'What the guard did',
} as const;

/** How a guard stands, in a sentence. */
export function wordGuard({
  policy,
  count,
  expected = 0,
  accepted,
  judgedAt,
  mode,
  trouble,
  unlisted,
}: GuardState): string {
  const name = policy === '' ? 'The policy' : `"${escapeUntrusted(policy, 80)}"`;
  if (trouble !== undefined) return `The guard ${wordTrouble(trouble)} since ${trouble.since}.`;
  if (judgedAt === undefined && count === 0) return 'The guard has not seen everything yet.';
  const kept = accepted === 0 ? '' : `, ${accepted} accepted for a time`;
  const isClean = unlisted.length === 0;
  const none = isClean ? 'nothing violates it' : 'nothing that was seen violates it';
  const found = count === 0 ? none : wordViolations(count, expected);
  return `${name}: ${found}${kept} (${mode}).${isClean ? '' : ` ${wordUnseen(unlisted)}`}`;
}

/** That volumes may be there which nobody judged: the first place, and how many more. */
export function wordUnseen(unlisted: readonly string[]): string {
  const [first = '', ...more] = unlisted;
  const rest = more.length === 0 ? '' : ` and ${more.length} more`;
  return `Not everything could be listed, volumes may be missing: ${escapeUntrusted(first, 400)}${rest}.`;
}

/** What hinders a guard, as the end of a sentence. */
export function wordTrouble({ what, reason }: NonNullable<GuardState['trouble']>): string {
  const why = escapeUntrusted(reason, 200);
  return what === 'blind' ? `sees nothing (${why})` : `could not judge (${why})`;
}

/** What a guard did, in a sentence or two. */
export function wordGuardAct({ what, subject, because, tries, nextAt, notes }: GuardAct): string {
  const name = escapeUntrusted(subject, 80);
  const told = notes.map(note => escapeUntrusted(note, 400)).join('; ');
  const more = told === '' ? '' : ` ${told}${/[.!]$/.test(told) ? '' : '.'}`;
  switch (what) {
    case 'refused':
      return `Refused to launch ${name}.${more}`;
    case 'stopping':
      return `Stopping ${name}: it violates the policy.`;
    case 'stopped':
      return `Stopped ${name}; the container is still there.${more}`;
    case 'not-stopped':
      return `Did not stop ${name}: ${because === undefined ? 'no reason was given' : NOT_STOPPED_WORDS[because]}.${more}${wordNextTry(tries, nextAt)}`;
    default:
      return assertNever(what, 'act');
  }
}

function wordNextTry(tries: number | undefined, nextAt: string | undefined): string {
  if (tries === undefined || nextAt === undefined) return '';
  return ` Tried ${formatCount(tries, 'time')}; again at ${nextAt}.`;
}

/** Why an offender was left running, as the end of a sentence. */
export const NOT_STOPPED_WORDS: Readonly<Record<NotStopped, string>> = {
  'not-proven': 'that it violates the policy is expected by a rule, and nobody has seen it',
  'ran-before': 'it ran before the guard did',
  'no-container': "the volume is the host's own, there is no container to stop",
  'did-not-end': 'it was asked to shut down and did not; a guard never kills',
  failed: 'stopping failed',
  'given-up': 'it was tried often enough; stop it by hand, or switch the guard off and on to try again',
};
