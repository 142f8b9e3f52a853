import type { CellSaid, Change, MomentDiff, MomentEnd, VolumeBrief, VolumeChange } from '../domain/compare-moments.ts';
import { stepName } from '../domain/evidence-chain.ts';
import type { Unrecorded } from '../domain/journal-moment.ts';
import type { Namespace, NamespaceId } from '../domain/namespace.ts';
import { uncPath } from '../domain/unc-prefix.ts';
import { formatCount, formatList } from './amounts.ts';
import { escapeUntrusted } from './plain-text.ts';
import { wordClaim, wordGrounds, wordHolds } from './word-evidence.ts';
import { wordHostParts } from './word-known-host.ts';
import { wordMup } from './word-mup.ts';
import { wordVerdictOf } from './word-verdict.ts';
import { wordFindingCode } from './word-visibility.ts';

/** More than that are counted. */
const MOST_NAMES = 5;

/** One thing that changed, as a person reads it. */
export interface ChangeLine {
  /** Came, went, or is otherwise. */
  readonly mark: '+' | '-' | '~';
  readonly text: string;
}

/** What changed between two moments, line by line: silos, volumes, who sees them, what was found. */
export function wordMomentDiff(diff: MomentDiff, nameOf: (id: NamespaceId) => string): ChangeLine[] {
  const { host, fsd, engine, namespaces, volumes, findings } = diff;
  return [
    ...(host === undefined
      ? []
      : wordHostParts(host.before).map(([what, was], at) =>
          line('~', `${what}: ${was} -> ${wordHostParts(host.after)[at]?.[1] ?? ''}.`),
        )),
    ...(fsd === undefined ? [] : [line('~', `The driver: ${wordChange(fsd, one => one?.state ?? 'not noted')}.`)]),
    ...(engine === undefined ? [] : [line('~', `The engine: ${wordChange(engine, one => one ?? 'not noted')}.`)]),
    ...namespaces.came.map(one => line('+', `${capital(wordRoom(one))} came.`)),
    ...namespaces.went.map(one => line('-', `${capital(wordRoom(one))} went.`)),
    ...namespaces.changed.map(({ namespace, ...change }) =>
      line('~', `The MUP of ${wordRoom(namespace)}: ${wordChange(change, wordMup)}.`),
    ),
    ...volumes.came.map(one => line('+', `${wordBrief(one, nameOf)} came: ${wordVerdictProof(one)}.`)),
    ...volumes.went.map(one => line('-', `${wordBrief(one, nameOf)} went; it was ${wordVerdictProof(one)}.`)),
    ...volumes.changed.flatMap(one => volumeLines(one, nameOf)),
    ...findings.came.map(({ code, summary }) => line('+', `Found: ${wordFindingCode(code)}. ${summary}`)),
    ...findings.went.map(({ code, summary }) => line('-', `No longer found: ${wordFindingCode(code)}. ${summary}`)),
  ];
}

function volumeLines(
  { volume, verdict, expected, mountPoints, cells, steps }: VolumeChange,
  nameOf: Names,
): ChangeLine[] {
  const what = wordBrief(volume, nameOf);
  const mounted = (points: readonly string[]): string =>
    points.map(one => escapeUntrusted(one)).join(', ') || 'nowhere';
  return [
    ...(verdict === undefined && expected === undefined
      ? []
      : [
          line(
            '~',
            `${what}: ${wordVerdictOf(verdict?.before ?? volume.verdict, expected?.before ?? volume.expected)} -> ${wordVerdictOf(volume.verdict, volume.expected)}.`,
          ),
        ]),
    ...(mountPoints === undefined ? [] : [line('~', `${what}, mounted at: ${wordChange(mountPoints, mounted)}.`)]),
    ...cells.map(({ namespaces, ...change }) =>
      line(
        '~',
        `${what}, seen from ${formatList(namespaces.slice(0, MOST_NAMES).map(nameOf), MOST_NAMES, namespaces.length)}: ${wordChange(change, wordSaid)}.`,
      ),
    ),
    ...steps.map(({ code, ...change }) =>
      line('~', `${what}, ${stepName(volume.kind, code)} of its chain of evidence: ${wordChange(change, wordHolds)}.`),
    ),
  ];
}

type Names = (id: NamespaceId) => string;

const line = (mark: ChangeLine['mark'], text: string): ChangeLine => ({ mark, text });

function wordChange<T>({ before, after }: Change<T>, word: (one: T) => string): string {
  return `${word(before)} -> ${word(after)}`;
}

function wordSaid({ visible, rank, ground }: CellSaid): string {
  return wordClaim(visible, { rank, ground });
}

function wordVerdictProof({ verdict, expected, proof: { rank, ground } }: VolumeBrief): string {
  const visible = verdict === 'leaked' ? 'yes' : verdict === 'private' ? 'no' : 'unknown';
  return `${wordVerdictOf(verdict, expected)} (${wordGrounds({ rank, ground }, visible)})`;
}

function wordBrief({ uncPrefix, mountPoints: [mountPoint], device, home }: VolumeBrief, nameOf: Names): string {
  const name = uncPrefix === undefined ? (mountPoint ?? device) : uncPath(uncPrefix);
  return `${escapeUntrusted(name)} of ${nameOf(home)}`;
}

function wordRoom({ kind, label, id }: Namespace): string {
  const name = escapeUntrusted(label);
  if (kind === 'host') return 'the host';
  return kind === 'vm' ? `Hyper-V container ${name}` : `silo ${name} (${escapeUntrusted(id)})`;
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** Which moment: its time, and the line of the journal that it rests on. */
export function wordMomentEnd({ at, entryAt, sequence }: MomentEnd): string {
  if (sequence === 0) return 'before the first line that is kept';
  return `${at ?? entryAt ?? 'unknown time'} (line ${sequence}${entryAt === undefined || entryAt === at ? '' : `, written ${entryAt}`})`;
}

/** Words of comparing two moments. */
export const momentDiffWords = {
  title: 'What changed',
  between: (before: string, after: string): string => `From ${before} to ${after}`,
  before: 'before the first line',
  end: (time: string, line: number): string => `${time} (line ${line})`,
  marks: { '+': 'new', '-': 'gone', '~': 'otherwise' } satisfies Record<ChangeLine['mark'], string>,
  none: 'Nothing that was noted changed.',
  count: (changes: number): string => formatCount(changes, 'change'),
  unwatched: 'Nobody watched at one of the two moments: more may have changed than was noted.',
  notCompared: ({ chains, mups }: MomentDiff['notCompared']): string | undefined => {
    const what = [
      ...(chains === 0 ? [] : [formatCount(chains, 'chain of evidence', 'chains of evidence')]),
      ...(mups === 0 ? [] : [`the MUP of ${formatCount(mups, 'silo')}`]),
    ];
    return what.length === 0
      ? undefined
      : `Not compared, because one of the moments has no record of it: ${what.join(', ')}.`;
  },
  more: (count: number): string => `${count} more`,
} as const;

/** What a moment cannot tell because an older Siloscope did not write it down, in sentences; empty: nothing is missing of that. */
export function wordUnrecorded({ chains, mups, gaps }: Unrecorded): string[] {
  return [
    ...(chains.size === 0
      ? []
      : [`Of ${formatCount(chains.size, 'volume')} the chain of evidence was not recorded then.`]),
    ...(mups.size === 0
      ? []
      : [
          `Of ${formatCount(mups.size, 'silo')} it was not recorded what its MUP was seen to be: the rule takes it for the host’s, as WinFsp documents it.`,
        ]),
    ...(gaps ? ['What could not be listed then was not recorded: there may have been volumes that nobody saw.'] : []),
  ];
}
