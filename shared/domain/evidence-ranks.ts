/**
 * How well a claim is founded, weakest first.
 * `not-tested` nothing is claimed; `rule` predicted; `inventory` the file system list inside the silo (fsptool lsvol);
 * `namespace` seen in the object namespace; `probe` opened and recognised as WinFsp; `canary` a random token
 * written inside was read back from outside: the same volume, proven.
 */
export const EVIDENCE_RANKS = ['not-tested', 'rule', 'inventory', 'namespace', 'probe', 'canary'] as const;

/** As much of evidence as its weight needs; without its schema, which a page can wait for. */
interface Ranked {
  readonly rank: (typeof EVIDENCE_RANKS)[number];
  readonly ground: 'documented' | 'inferred' | 'observed';
}

/** Whether nobody looked: a rule says so, or nobody says anything. */
export function isPredicted({ rank }: Pick<Ranked, 'rank'>): boolean {
  return rank === 'rule' || rank === 'not-tested';
}

/** Whether it was opened, or tried to: a list or a directory that names it, or does not, opens nothing. */
export function isOpened({ rank }: Pick<Ranked, 'rank'>): boolean {
  return rank === 'probe' || rank === 'canary';
}

/** Its place among the ranks. */
export function rankOf(evidence: Ranked): number {
  return EVIDENCE_RANKS.indexOf(evidence.rank);
}

/** Whether it is better founded: by its rank; among rules, a documented one before an inferred one. */
export function isFirmer(one: Ranked, other: Ranked): boolean {
  return rankOf(one) === rankOf(other)
    ? one.ground !== 'inferred' && other.ground === 'inferred'
    : rankOf(one) > rankOf(other);
}
