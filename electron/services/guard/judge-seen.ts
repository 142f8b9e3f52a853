import { EVIDENCE_RANKS } from '../../../shared/domain/evidence.ts';
import type { GuardViolation } from '../../../shared/domain/guard.ts';
import type { InspectedVolume, Visibility } from '../../../shared/domain/inspection.ts';
import { judgeSights } from '../../../shared/domain/judge-policy.ts';
import type { Namespace } from '../../../shared/domain/namespace.ts';
import type { Policy } from '../../../shared/domain/policy.ts';
import { visibilityOf } from '../../../shared/domain/visibility.ts';
import { alikeIn, withCells } from '../../../shared/domain/visibility-row.ts';
import { breachWords } from '../../../shared/wording/word-violation.ts';
import type { Seen } from '../watching/seen.ts';

/** What a policy makes of what was seen. */
export interface JudgedSeen {
  /** By `violationKey`. */
  readonly violations: ReadonlyMap<string, Omit<GuardViolation, 'since'>>;
  readonly accepted: number;
}

/** Cells that were looked at, by device: they outweigh the rule. */
export type LookedCells = ReadonlyMap<string, readonly Visibility[]>;

const RULE = { rank: 'rule', ground: 'documented' } as const;
const INVENTORY = EVIDENCE_RANKS.indexOf('inventory');

/**
 * Holds a policy against a look in passing. Those who see a volume alike count once, so the cost is that of volumes and
 * namespaces, not of their product.
 */
export function judgeSeen(policy: Policy, seen: Seen, looked: LookedCells, takenAt: string): JudgedSeen {
  const { namespaces } = seen;
  const rows = visibilityOf({ volumes: seen.volumes, namespaces });
  const labels = new Map(namespaces.map(({ id, label }) => [id, label]));
  const kinds = new Map(namespaces.map(({ id, kind }) => [id, kind]));
  const violations = new Map<string, Omit<GuardViolation, 'since'>>();
  const volumes = seen.volumes.map((volume, index): InspectedVolume => {
    const row = withCells(rows[index] ?? [], looked.get(volume.device) ?? []);
    return { ...volume, proof: RULE, visibility: row, chain: [], findings: [] };
  });
  const word = breachWords(policy, { namespaces, volumes });
  const counts = new Map<string, number>();
  const few = volumes.map((volume): InspectedVolume => {
    const cells = [...alikeIn(volume.visibility, volume.home)].flatMap(({ look, count, first }): Visibility[] => {
      const [namespace] = first;
      if (namespace === undefined) return [];
      counts.set(`${volume.device} ${namespace}`, count);
      return [{ namespace, ...look }];
    });
    return { ...volume, visibility: cells };
  });
  const judged = judgeSights(policy, { takenAt, namespaces, volumes: few });
  for (const breach of judged.violations) {
    const key = violationKey(breach.device, kinds.get(breach.seenFrom));
    const before = violations.get(key);
    const seers = [breach.seenFrom, ...breach.others];
    const viewers = seers.reduce((sum, id) => sum + (counts.get(`${breach.device} ${id}`) ?? 1), before?.viewers ?? 0);
    const worded = word(breach);
    if (worded.kind !== 'sight') continue;
    const isBetter = before === undefined || rank(worded.rank) > rank(before.rank);
    const viewer = labels.get(worded.seenFrom) ?? worded.seenFrom;
    violations.set(key, isBetter ? { ...worded, viewers, viewer } : { ...before, viewers });
  }
  return { violations, accepted: judged.accepted.length };
}

/** Whether somebody saw it: more than a rule's word. */
export function isShown({ visible, rank: of }: Pick<GuardViolation, 'visible' | 'rank'>): boolean {
  return visible === 'yes' && rank(of) >= INVENTORY;
}

/** A volume, seen from the host or from other silos: what becomes known of it later is still the same violation. */
function violationKey(device: string, kind: Namespace['kind'] | undefined): string {
  return `${device} ${kind ?? 'silo'}`;
}

const RANKS: readonly string[] = EVIDENCE_RANKS;
const rank = (of: string): number => RANKS.indexOf(of);
