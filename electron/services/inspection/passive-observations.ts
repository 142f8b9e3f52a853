import type { Evidence } from '../../../shared/domain/evidence.ts';
import type { Observation } from '../../../shared/domain/merge-evidence.ts';
import type { NamespaceId } from '../../../shared/domain/namespace.ts';
import type { Inventory } from './inventory.ts';
import type { WitnessedVolume } from './merge-witnesses.ts';

const READ = 'read';
/** In a list of holders. */
const MOST_NAMED = 5;

/**
 * What the inventory itself proves without opening anything: that a volume is at home where it was listed or its object
 * was seen; and that a disk volume's device is not in another namespace's `\Device`, where that could be read. The second
 * is said of all that could be read at once; those that hold an object of that name are the exceptions.
 */
export class PassiveObservations {
  readonly #readable: ReadonlySet<NamespaceId>;
  /** Object name in lower case -> where it is. */
  readonly #holders = new Map<string, NamespaceId[]>();
  readonly #absent: Evidence;
  readonly #at: string;

  constructor(inventory: Pick<Inventory, 'devices'>, at: string) {
    this.#readable = new Set(inventory.devices.keys());
    for (const [namespace, names] of inventory.devices) {
      for (const name of names) {
        const holders = this.#holders.get(name.toLowerCase());
        if (holders === undefined) this.#holders.set(name.toLowerCase(), [namespace]);
        else holders.push(namespace);
      }
    }
    this.#absent = { rank: 'namespace', ground: 'observed', at, detail: 'not in its \\Device' };
    this.#at = at;
  }

  /** What tells namespaces apart here: whether their `\Device` could be read. */
  trait(namespace: NamespaceId): string {
    return this.#readable.has(namespace) ? READ : '';
  }

  /** What is proven for a whole group of namespaces with that trait. */
  ofGroup({ volume }: WitnessedVolume, trait: string | undefined): readonly Observation[] {
    return volume.kind === 'disk' && trait === READ ? [{ visible: 'no', evidence: this.#absent }] : [];
  }

  /** Namespaces of which that must not be said: an object of that name is there. */
  exceptions({ volume }: WitnessedVolume): readonly NamespaceId[] {
    return volume.kind === 'disk' ? this.#holdersOf(volume.device) : [];
  }

  /** What is proven for one namespace. */
  ofOne(witnessed: WitnessedVolume, namespace: NamespaceId): Observation | undefined {
    const { volume } = witnessed;
    if (namespace === volume.home) return this.#atHome(witnessed);
    if (volume.kind !== 'disk' || !this.#readable.has(namespace)) return undefined;
    return this.#holdersOf(volume.device).includes(namespace) ? undefined : { visible: 'no', evidence: this.#absent };
  }

  /** Whether the object of a disk volume is anywhere else, as far as could be read; undefined where nothing could. */
  elsewhere({
    volume,
  }: WitnessedVolume): { readonly found: boolean; readonly others: number; readonly detail: string } | undefined {
    const read = this.#readable.size - (this.#readable.has(volume.home) ? 1 : 0);
    if (volume.kind !== 'disk' || read === 0) return undefined;
    const others = this.#holdersOf(volume.device).filter(id => id !== volume.home);
    const where = others.length === 0 ? 'in none of them' : `in ${others.slice(0, MOST_NAMED).join(', ')}`;
    return {
      found: others.length > 0,
      others: read,
      detail: `${volume.device}: looked for in ${read} other \\Device, ${where}`,
    };
  }

  #holdersOf(device: string): readonly NamespaceId[] {
    return this.#holders.get(device.slice('\\Device\\'.length).toLowerCase()) ?? [];
  }

  #atHome({ volume, listed, object }: WitnessedVolume): Observation | undefined {
    const seen = (rank: Evidence['rank'], detail: string): Observation => ({
      visible: 'yes',
      evidence: { rank, ground: 'observed', at: this.#at, detail },
    });
    if (object !== undefined) {
      const target = object.target === undefined ? '' : ` -> ${object.target}`;
      return seen('namespace', `${volume.device}: ${object.type}${target}`);
    }
    return listed ? seen('inventory', `fsptool lsvol: ${volume.device}${volume.uncPrefix ?? ''}`) : undefined;
  }
}
