import { isFirmer } from './evidence-ranks.ts';
import type { Cells, InspectedVolume, Inspection, Look } from './inspection.ts';
import type { Namespace, NamespaceId } from './namespace.ts';
import { shadowedServers } from './shadowed-servers.ts';
import type { SeenNow, SightsChanged } from './sights-changed.ts';
import { proofOf, verdictOf } from './visibility.ts';
import { VisibilityIndex } from './visibility-index.ts';
import { type Viewers, VisibilityRow, viewersOf } from './visibility-row.ts';

/** The inspection after a change, with findings that are true of it; those of the one before are still in it. */
export type FindAnew = (before: Inspection, after: Inspection) => Inspection;

/**
 * An inspection that is kept up to date by what is told of changes. What changed is judged by the rule, what stays keeps the
 * evidence that it has: as much work as there are changes, and one short step for each row where a namespace comes or goes.
 * Gaps stay those of the last whole look; so do findings, but for what `find` makes of the change.
 */
export class LiveInspection {
  #inspection: Inspection;
  readonly #index: VisibilityIndex;
  /** Namespaces are told apart as the last whole look did; what has come since was looked at less closely. */
  readonly #traits: Map<NamespaceId, string>;
  readonly #find: FindAnew;

  constructor(inspection: Inspection, find: FindAnew = (_, after) => after) {
    this.#inspection = inspection;
    this.#find = find;
    this.#index = new VisibilityIndex({ ...inspection, servers: shadowedServers(inspection.findings) });
    this.#traits = new Map();
    const [first] = inspection.volumes;
    if (!(first?.visibility instanceof VisibilityRow)) return;
    const { groups } = first.visibility.viewers;
    for (const { trait, ids } of groups) for (const id of ids) this.#traits.set(id, trait);
  }

  get inspection(): Inspection {
    return this.#inspection;
  }

  /** Takes in what changed. The same objects stand for what stays as it was. */
  apply({ namespaces, volumes }: SightsChanged): Inspection {
    const touched = new Set<string>();
    const touch = (devices: readonly string[]): void => {
      for (const device of devices) touched.add(device);
    };
    const seen = new Map(volumes.changed.map(volume => [volume.device, volume]));
    for (const device of volumes.gone) touch(this.#index.change({ what: 'volume-went', device }));
    for (const id of namespaces.gone) touch(this.#index.change({ what: 'namespace-went', id }));
    for (const namespace of namespaces.changed) touch(this.#index.change({ what: 'namespace-came', namespace }));
    for (const volume of volumes.changed) touch(this.#index.change({ what: 'volume-came', volume: bare(volume) }));
    if (touched.size === 0 && namespaces.changed.length + namespaces.gone.length === 0) return this.#inspection;

    const all = this.#changeNamespaces(namespaces);
    const rows = this.#changeVolumes(volumes.gone, seen, touched);
    const made = { ...this.#inspection, namespaces: all, volumes: this.#under(all, rows, namespaces) };
    this.#inspection = this.#find(this.#inspection, made);
    return this.#inspection;
  }

  #changeNamespaces({ changed, gone }: SightsChanged['namespaces']): Namespace[] {
    const { namespaces } = this.#inspection;
    if (changed.length + gone.length === 0) return namespaces;
    const left = new Set(gone);
    for (const id of gone) this.#traits.delete(id);
    const fresh = new Map(changed.map(namespace => [namespace.id, namespace]));
    const kept = namespaces.filter(({ id }) => !left.has(id)).map(one => fresh.get(one.id) ?? one);
    const known = new Set(kept.map(({ id }) => id));
    return [...kept, ...changed.filter(({ id }) => !known.has(id))];
  }

  /** The volumes, those that were touched with rows by the rule. */
  #changeVolumes(
    gone: readonly string[],
    seen: ReadonlyMap<string, SeenNow>,
    touched: ReadonlySet<string>,
  ): readonly InspectedVolume[] {
    const { volumes } = this.#inspection;
    const next = [...volumes];
    const places = placesOf(volumes, touched);
    for (const device of touched) {
      const at = places.get(device);
      const row = this.#index.row(device);
      if (row === undefined) continue;
      const known = at === undefined ? undefined : next[at];
      const fresh = seen.get(device);
      const made = fresh === undefined ? known && judgedAnew(known, row) : come(fresh, row);
      if (made === undefined) continue;
      if (at === undefined) next.push(made);
      else next[at] = made;
    }
    const left = new Set(gone.filter(device => !seen.has(device)));
    return left.size === 0 ? next : next.filter(({ device }) => !left.has(device));
  }

  /** Every row over the namespaces that are there now. */
  #under(
    all: readonly Namespace[],
    rows: readonly InspectedVolume[],
    { changed, gone }: SightsChanged['namespaces'],
  ): InspectedVolume[] {
    if (changed.length + gone.length === 0) return [...rows];
    const viewers = viewersOf(all, id => this.#traits.get(id) ?? '');
    const fits = new Map<Viewers, Fit>();
    return rows.map(volume => {
      if (!(volume.visibility instanceof VisibilityRow)) return volume;
      const old = volume.visibility.viewers;
      const fit = fits.get(old) ?? fitOf(old, viewers);
      fits.set(old, fit);
      return this.#refit(volume, volume.visibility, fit);
    });
  }

  #refit(
    volume: InspectedVolume,
    visibility: VisibilityRow,
    { viewers, groups, isAsBefore, isInPlace }: Fit,
  ): InspectedVolume {
    const { device, home } = volume;
    const isOnlyHome = visibility.exceptions.size === 1 && visibility.exceptions.has(home) && viewers.groupOf.has(home);
    // By far the most rows: nobody sees them in a way of their own, and the groups are the same ones.
    if (isAsBefore && isInPlace && isOnlyHome) {
      return { ...volume, visibility: new VisibilityRow(viewers, visibility.looks, visibility.exceptions) };
    }
    let byRule: VisibilityRow | undefined;
    const looks = viewers.groups.flatMap(({ kind, mup }, at): Look[] => {
      const look = visibility.looks[groups[at] ?? -1];
      if (look !== undefined) return [look];
      byRule ??= this.#index.row(device);
      const ruled = byRule?.looks[byRule.viewers.groups.findIndex(one => one.kind === kind && one.mup === mup)];
      return ruled === undefined ? [] : [ruled];
    });
    const exceptions = [...visibility.exceptions].filter(([id]) => viewers.groupOf.has(id));
    const isHome = viewers.groupOf.has(home) && !visibility.exceptions.has(home);
    const atHome = isHome ? this.#index.row(device)?.exceptions.get(home) : undefined;
    if (atHome !== undefined) exceptions.push([home, atHome]);
    const row = new VisibilityRow(viewers, looks, new Map(exceptions));
    // With exceptions the rest of a group may have been nobody, and is somebody now.
    const isPlain = exceptions.length === visibility.exceptions.size && exceptions.every(([id]) => id === home);
    if (isAsBefore && isPlain) return { ...volume, visibility: row };
    return { ...volume, visibility: row, verdict: verdictOf(home, row), proof: proofOf(home, row) };
  }
}

/** How rows over some viewers become rows over others. */
interface Fit {
  readonly viewers: Viewers;
  /** Of each new group the old one that is it, or -1. */
  readonly groups: readonly number[];
  /** Each group has as many members as decide: none, one, which may be a volume's own home, or more. */
  readonly isAsBefore: boolean;
  /** Each group is where it was. */
  readonly isInPlace: boolean;
}

function fitOf(old: Viewers, viewers: Viewers): Fit {
  const groups = viewers.groups.map(({ kind, mup, trait }) =>
    old.groups.findIndex(one => one.kind === kind && one.mup === mup && one.trait === trait),
  );
  const isMany = ({ ids }: { readonly ids: readonly unknown[] } = { ids: [] }): number => Math.min(ids.length, 2);
  const isSame = viewers.groups.every((group, at) => isMany(group) === isMany(old.groups[groups[at] ?? -1]));
  const isAsBefore = isSame && old.groups.length === viewers.groups.length;
  return { viewers, groups, isAsBefore, isInPlace: groups.every((group, at) => group === at) };
}

/** Of more than a few it is worth going through the list once. */
const FEW = 8;

function placesOf(volumes: readonly InspectedVolume[], devices: ReadonlySet<string>): ReadonlyMap<string, number> {
  if (devices.size > FEW) return new Map(volumes.map(({ device }, at) => [device, at]));
  return new Map(
    [...devices].flatMap(device => {
      const at = volumes.findIndex(one => one.device === device);
      return at < 0 ? [] : [[device, at] as const];
    }),
  );
}

function bare(seen: SeenNow): Omit<SeenNow, 'atHome' | 'chain'> {
  const { atHome: _, chain: __, ...volume } = seen;
  return volume;
}

/** It has come, or is another: nobody has looked at it from anywhere else. */
function come(fresh: SeenNow, row: VisibilityRow): InspectedVolume {
  const { atHome, chain = [] } = fresh;
  const volume = bare(fresh);
  const cell = row.of(volume.home);
  const seen = atHome === undefined || cell === undefined ? [] : [{ ...cell, evidence: atHome }];
  return judged({ ...volume, chain, findings: [] }, row.with(seen));
}

/** Its names lead elsewhere than before by the rule; what was seen of it and still agrees stays. */
function judgedAnew(known: InspectedVolume, row: VisibilityRow): InspectedVolume {
  const { visibility } = known;
  if (!(visibility instanceof VisibilityRow)) return judged(known, row);
  const kept = [...visibility.exceptions.keys()].flatMap(namespace => {
    const was = visibility.of(namespace);
    const is = row.of(namespace);
    const isSaid = was !== undefined && was.visible === is?.visible && was.because === is.because;
    return isSaid && isFirmer(was.evidence, is.evidence) ? [was] : [];
  });
  return judged(known, row.with(kept));
}

function judged(volume: Omit<InspectedVolume, 'visibility' | 'verdict' | 'proof'>, visibility: Cells): InspectedVolume {
  const { home } = volume;
  return { ...volume, visibility, verdict: verdictOf(home, visibility), proof: proofOf(home, visibility) };
}
