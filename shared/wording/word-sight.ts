import { assertNever } from '../base/assert-never.ts';
import { type EvidenceRank, rankOf } from '../domain/evidence.ts';
import type { Visibility, Way } from '../domain/inspection.ts';
import type { NamespaceId } from '../domain/namespace.ts';
import type { UncName } from '../domain/unc-name.ts';
import { uncPath } from '../domain/unc-prefix.ts';
import { isFirmer } from '../domain/visibility.ts';
import { escapeUntrusted } from './plain-text.ts';

/** Lists namespaces in words; the whole list or its first few. */
export type Names = (ids: readonly NamespaceId[]) => string;

/** Who can reach a volume, the best founded first, each with its evidence and the name it is about: `the host can open it (proven by a canary, by its provider's name)`. */
export function wordSights(seen: readonly Visibility[], names: Names): string {
  const groups = new Map<string, Visibility[]>();
  for (const cell of seen) {
    const { rank } = cell.evidence;
    const key = `${rank} ${isTested(rank) ? (bestWay(cell)?.kind ?? '') : ''}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [cell]);
    else group.push(cell);
  }
  const strength = ([first]: readonly Visibility[]): number => (first === undefined ? 0 : rankOf(first.evidence));
  return [...groups.values()]
    .sort((one, other) => strength(other) - strength(one))
    .map(group => wordGroup(group, names))
    .join('; ');
}

function wordGroup(group: readonly Visibility[], names: Names): string {
  const [first] = group;
  const who = names(group.map(({ namespace }) => namespace));
  if (first === undefined) return who;
  const how = { drive: 'by its drive', unc: 'by its UNC name', provider: "by its provider's name" } as const;
  const way = bestWay(first);
  const by = way === undefined ? '' : `, ${how[way.kind]}`;
  switch (first.evidence.rank) {
    case 'canary':
      return `${who} can open it (proven by a canary${by})`;
    case 'probe':
      return `${who} opened it (probed${by})`;
    case 'namespace':
    case 'inventory':
      return `${who} can see it (${first.evidence.rank})`;
    case 'rule':
      return `${who} can be expected to open it (not tested)`;
    case 'not-tested':
      return `of ${who} nothing is known (not tested)`;
    default:
      return assertNever(first.evidence.rank, 'evidence rank');
  }
}

function isTested(rank: EvidenceRank): boolean {
  return rank !== 'rule' && rank !== 'not-tested';
}

/** The best founded of its ways; among equals the first. */
export function bestWay({ through }: Visibility): Way | undefined {
  return through.reduce<Way | undefined>(
    (one, other) => (one === undefined || isFirmer(other.evidence, one.evidence) ? other : one),
    undefined,
  );
}

/** Whether the sights speak of the plain UNC name already, as proven. */
export function tellsUncName(seen: readonly Visibility[], { leads, evidence }: UncName): boolean {
  const isProven = leads === 'here' && isTested(evidence.rank);
  return isProven && seen.some(cell => isTested(cell.evidence.rank) && bestWay(cell)?.kind === 'unc');
}

/** Whether the plain UNC name leads to it, which no proof by another name says; how to find out. */
export function wordUncName(uncPrefix: string, { leads, evidence }: UncName): string {
  const name = escapeUntrusted(uncPath(uncPrefix));
  const test = '`siloscope inspect --canary --plain-unc` tests it';
  switch (leads) {
    case 'here':
      if (evidence.rank === 'canary') return `By its plain name ${name} it opens from outside: proven by a canary.`;
      if (evidence.rank === 'probe') return `By its plain name ${name} it was opened from outside (probed).`;
      return evidence.at === undefined
        ? `By its plain name ${name}: expected, not tested; ${test}.`
        : `By its plain name ${name}: expected; it was tried without a clear answer.`;
    case 'elsewhere':
      return `Its plain name ${name} was tried and does not lead to it: somebody else answers for that name, or nobody.`;
    case 'unclear':
      return `Whether its plain name ${name} leads to it is not known: somebody else has a name with the same first part; ${test}.`;
    default:
      return assertNever(leads, 'answer');
  }
}
