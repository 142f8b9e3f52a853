import type { Look, Visibility, VolumeVerdict } from './inspection.ts';
import { mergeEvidence, type Observation } from './merge-evidence.ts';
import type { Namespace, NamespaceId } from './namespace.ts';
import { isVirtualMachine } from './namespace-kind.ts';
import { classOf } from './unc-prefix.ts';
import { verdictOf, type World } from './visibility.ts';
import { type Viewers, VisibilityRow, viewersOf } from './visibility-row.ts';
import { type Claims, type ClassWinner, lookByRule, SERVER, sightsByRule } from './visibility-rule.ts';
import type { Volume } from './volume.ts';

/** One thing that came, went, or was seen. */
export type WorldChange =
  | { readonly what: 'volume-came'; readonly volume: Volume }
  | { readonly what: 'volume-went'; readonly device: string }
  | { readonly what: 'namespace-came'; readonly namespace: Namespace }
  | { readonly what: 'namespace-went'; readonly id: NamespaceId }
  | { readonly what: 'server-came'; readonly name: string }
  /** `observations`: all that was seen of that volume from there, in the place of what was seen before. */
  | {
      readonly what: 'observed';
      readonly device: string;
      readonly namespace: NamespaceId;
      readonly observations: readonly Observation[];
    }
  /** Who was seen to answer for a class; absent: nobody any more. */
  | { readonly what: 'class-answered'; readonly class: string; readonly by?: ClassWinner | undefined };

/**
 * The visibility of a world that changes under one's eyes. It keeps who is there, who claims which class and what was
 * seen, and judges a cell when it is asked for: a change touches what changed, not the matrix. Memory is that of volumes,
 * namespaces and observations.
 */
export class VisibilityIndex {
  readonly #volumes = new Map<string, Volume>();
  readonly #namespaces = new Map<NamespaceId, Namespace>();
  /** Class -> who claims it, and with how many volumes. */
  readonly #claimants = new Map<string, Map<ClassWinner, number>>();
  /** Class -> its volumes. */
  readonly #members = new Map<string, Set<string>>();
  readonly #winners: Map<string, ClassWinner>;
  readonly #seen = new Map<string, Map<NamespaceId, readonly Observation[]>>();
  readonly #claims: Claims;
  /** Thrown away when a namespace comes or goes. */
  #viewers: Viewers | undefined;

  constructor(world: World) {
    this.#winners = new Map(world.classWinners);
    this.#claims = {
      behaviour: world.behaviour ?? {},
      claimants: name => this.#claimants.get(name),
      winner: name => this.#winners.get(name),
      mup: id => this.#namespaces.get(id)?.mup,
    };
    for (const namespace of world.namespaces) this.#namespaces.set(namespace.id, namespace);
    for (const volume of world.volumes) this.#come(volume);
    for (const name of world.servers ?? []) this.#claim(classOf(name), SERVER, 1);
  }

  /** In the order in which they came. */
  get volumes(): Iterable<Volume> {
    return this.#volumes.values();
  }

  /** The cell of a volume and a namespace; undefined when either is not there. */
  cell(device: string, id: NamespaceId): Visibility | undefined {
    const volume = this.#volumes.get(device);
    const namespace = this.#namespaces.get(id);
    if (volume === undefined || namespace === undefined) return undefined;
    return { namespace: id, ...this.#look(volume, namespace) };
  }

  /** The whole row of a volume. */
  row(device: string): VisibilityRow | undefined {
    const volume = this.#volumes.get(device);
    if (volume === undefined) return undefined;
    this.#viewers ??= viewersOf([...this.#namespaces.values()]);
    const sight = sightsByRule(volume, this.#claims);
    const looks = this.#viewers.groups.map(group => sight(group));
    const apart = [volume.home, ...(this.#seen.get(device)?.keys() ?? [])].flatMap(id => {
      const namespace = this.#namespaces.get(id);
      return namespace === undefined ? [] : [[id, this.#look(volume, namespace)] as const];
    });
    return new VisibilityRow(this.#viewers, looks, new Map(apart));
  }

  /** Whether a namespace that is not its home sees it, in as many steps as there are kinds of viewers and observations. */
  verdict(device: string): VolumeVerdict | undefined {
    const row = this.row(device);
    const home = this.#volumes.get(device)?.home;
    return row === undefined || home === undefined ? undefined : verdictOf(home, row);
  }

  /** Takes in one change. Answers the volumes whose names lead elsewhere than before, the changed one included. */
  change(change: WorldChange): readonly string[] {
    switch (change.what) {
      case 'volume-came': {
        const left = this.#go(change.volume.device);
        return [...new Set([...left, ...this.#touching(change.volume, () => this.#come(change.volume))])];
      }
      case 'volume-went':
        return this.#go(change.device);
      case 'namespace-came':
        return this.#settle(change.namespace.id, change.namespace);
      case 'namespace-went':
        return this.#settle(change.id, undefined);
      case 'server-came':
        this.#claim(classOf(change.name), SERVER, 1);
        return [...(this.#members.get(classOf(change.name)) ?? [])];
      case 'observed': {
        if (!this.#volumes.has(change.device)) return [];
        const seen = this.#seen.get(change.device) ?? new Map<NamespaceId, readonly Observation[]>();
        if (change.observations.length === 0) seen.delete(change.namespace);
        else seen.set(change.namespace, change.observations);
        this.#seen.set(change.device, seen);
        return [change.device];
      }
      case 'class-answered': {
        const name = classOf(change.class);
        if (change.by === undefined) this.#winners.delete(name);
        else this.#winners.set(name, change.by);
        return [...(this.#members.get(name) ?? [])];
      }
    }
  }

  #look(volume: Volume, namespace: Namespace): Look {
    const viewer = namespace.id === volume.home ? 'home' : namespace;
    const look = lookByRule(volume, viewer, this.#claims);
    const seen = this.#seen.get(volume.device)?.get(namespace.id);
    return seen === undefined ? look : mergeEvidence(look, seen);
  }

  /** A namespace comes or goes. Where its MUP turns out to be another than was thought, every name is to be judged anew. */
  #settle(id: NamespaceId, namespace: Namespace | undefined): readonly string[] {
    const before = this.#namespaces.get(id);
    const isRelated = before?.mup !== namespace?.mup && this.#volumes.size > 0;
    const own = isRelated ? [...this.#volumes.values()].filter(({ home }) => home === id) : [];
    for (const volume of own) this.#count(volume, -1);
    if (namespace === undefined) this.#namespaces.delete(id);
    else this.#namespaces.set(id, namespace);
    for (const volume of own) this.#count(volume, 1);
    this.#viewers = undefined;
    return own.length > 0 || (isRelated && before !== undefined) ? [...this.#volumes.keys()] : [];
  }

  /** Others are touched only when their class becomes contested by it, or is no longer. */
  #touching({ device, uncPrefix }: Volume, act: () => void): readonly string[] {
    const name = uncPrefix === undefined ? undefined : classOf(uncPrefix);
    const isContested = (): boolean => name !== undefined && (this.#claimants.get(name)?.size ?? 0) > 1;
    const before = isContested();
    act();
    const others = name === undefined || before === isContested() ? [] : (this.#members.get(name) ?? []);
    return [...new Set([device, ...others])];
  }

  #come(volume: Volume): void {
    this.#volumes.set(volume.device, volume);
    this.#count(volume, 1);
  }

  #go(device: string): readonly string[] {
    const volume = this.#volumes.get(device);
    if (volume === undefined) return [];
    return this.#touching(volume, () => {
      this.#volumes.delete(device);
      this.#seen.delete(device);
      this.#count(volume, -1);
    });
  }

  #count({ device, home, uncPrefix }: Volume, by: 1 | -1): void {
    if (uncPrefix === undefined) return;
    const name = classOf(uncPrefix);
    const members = this.#members.get(name) ?? new Set();
    if (by > 0) members.add(device);
    else members.delete(device);
    if (members.size === 0) this.#members.delete(name);
    else this.#members.set(name, members);
    const isOwnMup = this.#namespaces.get(home)?.mup === 'own';
    if (!isVirtualMachine(home) && !isOwnMup) this.#claim(name, home, by);
  }

  #claim(name: string, claimant: ClassWinner, by: 1 | -1): void {
    const claimants = this.#claimants.get(name) ?? new Map<ClassWinner, number>();
    const count = (claimants.get(claimant) ?? 0) + by;
    if (count > 0) claimants.set(claimant, count);
    else claimants.delete(claimant);
    if (claimants.size === 0) this.#claimants.delete(name);
    else this.#claimants.set(name, claimants);
  }
}
