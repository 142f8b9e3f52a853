import type { Evidence } from './evidence.ts';
import { isFirmer } from './evidence-ranks.ts';
import type { Cells, VolumeVerdict } from './inspection.ts';
import type { Namespace, NamespaceId } from './namespace.ts';
import { isVirtualMachine } from './namespace-kind.ts';
import { classOf } from './unc-prefix.ts';
import { alikeIn, cellIn, type Viewers, VisibilityRow, viewersOf } from './visibility-row.ts';
import { type Claims, type ClassWinner, type MupBehaviour, SERVER, sightsByRule } from './visibility-rule.ts';
import type { Volume } from './volume.ts';
import { isProviderPath } from './volume-names.ts';

/** All that the rule may know. It is never changed while it is being judged. */
export interface World {
  readonly volumes: readonly Volume[];
  readonly namespaces: readonly Namespace[];
  /** Names of real SMB servers that are known to answer. */
  readonly servers?: readonly string[] | undefined;
  /** Class (as `classOf` writes it) -> who was observed to answer. No rule predicts it. */
  readonly classWinners?: ReadonlyMap<string, ClassWinner> | undefined;
  readonly behaviour?: MupBehaviour | undefined;
}

/**
 * Everything that the rule says of a world: one row a volume, in the world's order. Linear in volumes and namespaces;
 * the rule itself is the table in visibility-rule.ts.
 */
export function visibilityOf(world: World): VisibilityRow[] {
  const claims = claimsOf(world);
  const viewers = viewersOf(world.namespaces);
  return world.volumes.map(volume => rowByRule(volume, viewers, claims));
}

/** One volume's row: what each kind of namespace sees, and its home, which is the one exception. */
export function rowByRule(volume: Volume, viewers: Viewers, claims: Claims): VisibilityRow {
  const sight = sightsByRule(volume, claims);
  const looks = viewers.groups.map(group => sight(group));
  const isThere = viewers.groupOf.has(volume.home);
  return new VisibilityRow(viewers, looks, new Map(isThere ? [[volume.home, sight('home')]] : []));
}

/**
 * `leaked` when any namespace but its home sees it, `unknown` when that cannot be ruled out: nobody answered clearly, or
 * nobody else is known to be there, while its names go through a MUP that others may share.
 */
export function verdictOf(home: NamespaceId, cells: Cells): VolumeVerdict {
  let verdict: VolumeVerdict | undefined;
  for (const { look } of alikeIn(cells, home)) {
    if (look.visible === 'yes') return 'leaked';
    if (look.visible === 'unknown') verdict = 'unknown';
    else verdict ??= 'private';
  }
  return verdict ?? (hasSharedName(home, cells) ? 'unknown' : 'private');
}

/** Whether it has a name that another namespace would try, were it there: a UNC name, or its provider's. */
function hasSharedName(home: NamespaceId, cells: Cells): boolean {
  return (cellIn(cells, home)?.through ?? []).some(({ kind, path }) => kind === 'unc' || isProviderPath(path));
}

const NOT_TESTED: Evidence = { rank: 'not-tested', ground: 'inferred' };

/**
 * How well a verdict is founded. A leak is as certain as its most certain witness; privacy and doubt only as certain as
 * the least certain of the cells that had to agree. Nobody else there to look: nothing was tested.
 */
export function proofOf(home: NamespaceId, cells: Cells): Evidence {
  const verdict = verdictOf(home, cells);
  const decisive = verdict === 'leaked' ? 'yes' : verdict === 'private' ? 'no' : 'unknown';
  let proof: Evidence | undefined;
  for (const { look } of alikeIn(cells, home)) {
    if (look.visible !== decisive) continue;
    const { evidence } = look;
    if (proof === undefined || (verdict === 'leaked' ? isFirmer(evidence, proof) : isFirmer(proof, evidence))) {
      proof = evidence;
    }
  }
  return proof ?? NOT_TESTED;
}

const known = new WeakMap<World, Claims>();

/** What the rule must know of everybody in a world: who claims which class. Counted once for each world. */
export function claimsOf(world: World): Claims {
  const made = known.get(world);
  if (made !== undefined) return made;
  const claimants = new Map<string, Set<ClassWinner>>();
  const claim = (name: string, claimant: ClassWinner): void => {
    const others = claimants.get(name);
    if (others) others.add(claimant);
    else claimants.set(name, new Set([claimant]));
  };
  const mups = new Map(world.namespaces.flatMap(({ id, mup }) => (mup === undefined ? [] : [[id, mup] as const])));
  for (const { uncPrefix, home } of world.volumes) {
    // What is registered with another kernel's MUP, or with a silo's own, is nobody else's rival.
    if (uncPrefix !== undefined && !isVirtualMachine(home) && mups.get(home) !== 'own') claim(classOf(uncPrefix), home);
  }
  for (const server of world.servers ?? []) claim(classOf(server), SERVER);
  const claims: Claims = {
    behaviour: world.behaviour ?? {},
    claimants: name => claimants.get(name),
    winner: name => world.classWinners?.get(name),
    mup: id => mups.get(id),
  };
  known.set(world, claims);
  return claims;
}
