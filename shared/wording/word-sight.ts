import { assertNever } from '../base/assert-never.ts';
import { isFirmer, isPredicted, rankOf } from '../domain/evidence.ts';
import type { Look, Way } from '../domain/inspection.ts';
import type { NamespaceId } from '../domain/namespace.ts';
import type { UncName } from '../domain/unc-name.ts';
import { uncPath } from '../domain/unc-prefix.ts';
import type { Alike } from '../domain/visibility-row.ts';
import { escapeUntrusted } from './plain-text.ts';

/** Lists namespaces in words: the first few of so many. */
export type Names = (first: readonly NamespaceId[], count: number) => string;

/** Who can reach a volume, the best founded first, each with its evidence and the name it is about: `the host can open it (proven by a canary, by its provider's name)`. */
export function wordSights(seen: readonly Alike[], names: Names): string {
  const groups = new Map<string, Alike>();
  for (const { look, count, first } of seen) {
    const { rank } = look.evidence;
    const key = `${rank} ${!isPredicted({ rank }) ? (bestWay(look)?.kind ?? '') : ''}`;
    const group = groups.get(key);
    const alike: Alike = { look: group?.look ?? look, count: (group?.count ?? 0) + count, first: [] };
    groups.set(key, { ...alike, first: [...(group?.first ?? []), ...first].slice(0, MOST_NAMED) });
  }
  return [...groups.values()]
    .sort((one, other) => rankOf(other.look.evidence) - rankOf(one.look.evidence))
    .map(group => wordGroup(group, names))
    .join('; ');
}

/** No list in words is longer. */
const MOST_NAMED = 8;

function wordGroup({ look, count, first }: Alike, names: Names): string {
  const who = names(first, count);
  const how = { drive: 'by its drive', unc: 'by its UNC name', provider: "by its provider's name" } as const;
  const way = bestWay(look);
  const by = way === undefined ? '' : `, ${how[way.kind]}`;
  const { rank } = look.evidence;
  switch (rank) {
    case 'canary':
      return `${who} can open it (proven by a canary${by})`;
    case 'probe':
      return `${who} opened it (probed${by})`;
    case 'namespace':
    case 'inventory':
      return `${who} can see it (${rank})`;
    case 'rule':
      return `${who} can be expected to open it (not tested)`;
    case 'not-tested':
      return `of ${who} nothing is known (not tested)`;
    default:
      return assertNever(rank, 'evidence rank');
  }
}

/** The best founded of its ways; among equals the first. */
export function bestWay({ through }: Pick<Look, 'through'>): Way | undefined {
  return through.reduce<Way | undefined>(
    (one, other) => (one === undefined || isFirmer(other.evidence, one.evidence) ? other : one),
    undefined,
  );
}

/** Whether the sights speak of the plain UNC name already, as proven. */
export function tellsUncName(seen: readonly Alike[], { leads, evidence }: UncName): boolean {
  const isProven = leads === 'here' && !isPredicted(evidence);
  return isProven && seen.some(({ look }) => !isPredicted(look.evidence) && bestWay(look)?.kind === 'unc');
}

/**
 * Whether the plain UNC name leads to it, which no proof by another name says; how to find out, unless that was tried or
 * `isPast`.
 */
export function wordUncName(uncPrefix: string, { leads, evidence }: UncName, isPast = false): string {
  const name = escapeUntrusted(uncPath(uncPrefix));
  const test = isPast ? '' : '; `siloscope inspect --canary --plain-unc` tests it';
  const isTried = evidence.at !== undefined;
  switch (leads) {
    case 'here':
      if (evidence.rank === 'canary') return `By its plain name ${name} it opens from outside: proven by a canary.`;
      if (evidence.rank === 'probe') return `By its plain name ${name} it was opened from outside (probed).`;
      return isTried
        ? `By its plain name ${name}: expected; it was tried without a clear answer.`
        : `By its plain name ${name}: expected, not tested${test}.`;
    case 'elsewhere':
      return `Its plain name ${name} was tried and does not lead to it: somebody else answers for that name, or nobody.`;
    case 'unclear':
      return `Whether its plain name ${name} leads to it is not known: somebody else has a name with the same first part${isTried ? ', and a test could not tell who answers' : test}.`;
    default:
      return assertNever(leads, 'answer');
  }
}
