import { rankOf } from '../../../shared/domain/evidence.ts';
import type { Visibility, Way } from '../../../shared/domain/inspection.ts';
import { HOST_NAMESPACE, type Namespace } from '../../../shared/domain/namespace.ts';
import { uncPath } from '../../../shared/domain/unc-prefix.ts';
import type { Volume } from '../../../shared/domain/volume.ts';
import { devicePath, providerName, providerPath } from '../../../shared/domain/volume-names.ts';
import { volumesOf } from '../../hosts/simulated/await-volume.ts';
import { isSystemCallError } from '../../hosts/simulated/kernel/status.ts';
import type { Subject } from '../../hosts/simulated/machine.ts';
import type { SimulatedHost } from '../../hosts/simulated/simulated-host.ts';

const TRUTH = 'truth.txt';
/** For an answer that is not expected, and for one that is: a busy machine must not make a liar of anybody. */
const PATIENCE_MS = { unexpected: 300, expected: 10_000 } as const;
const PROBE = rankOf({ rank: 'probe', ground: 'observed' });

/** What the kernel itself says, without services, engine and programs. */
export class KernelTruth {
  readonly #host: SimulatedHost;
  readonly #namespaces: ReadonlyMap<string, Namespace>;

  constructor(host: SimulatedHost, namespaces: readonly Namespace[]) {
    this.#host = host;
    this.#namespaces = new Map(namespaces.map(namespace => [namespace.id, namespace]));
  }

  /** Writes a token into the volume by its own device, which no prefix resolution can lead astray. */
  async plant(volume: Volume): Promise<boolean> {
    const subject = this.#subject(volume.home);
    if (subject === undefined) return false;
    const path = `${devicePath(volume.device)}${volume.uncPrefix ?? ''}\\${TRUTH}`;
    const write = this.#host.machine.win32(subject).write(path, Buffer.from(volume.device), 'replace');
    return (
      (await answered(
        write.then(() => true),
        PATIENCE_MS.unexpected * 4,
      )) ?? false
    );
  }

  /** Whether the name leads to that volume, opened there. */
  async leads(namespace: string, name: string, volume: Volume, patience: keyof typeof PATIENCE_MS): Promise<boolean> {
    const subject = this.#subject(namespace);
    if (subject === undefined) return false;
    const read = this.#host.machine.win32(subject).read(`${name}\\${TRUTH}`);
    const bytes = await answered(read, PATIENCE_MS[patience]);
    return bytes !== undefined && Buffer.from(bytes).toString() === volume.device;
  }

  /** Whether any of these names, or a letter or directory on which it is mounted, leads to it from there. */
  async reaches(namespace: string, volume: Volume, names: readonly string[]): Promise<boolean> {
    for (const name of [...volume.mountPoints, ...names]) {
      if (await this.leads(namespace, name, volume, 'unexpected')) return true;
    }
    return false;
  }

  #subject(id: string): Subject | undefined {
    const { machine, scenario } = this.#host;
    if (id === 'host') return scenario.windows.elevated ? machine.subjects.elevated : machine.subjects.user;
    const container = this.#namespaces.get(id)?.container?.id;
    const silo = machine.computeSystems().find(({ name }) => name === container)?.siloId;
    return silo === undefined ? undefined : machine.subjectIn(silo);
  }
}

/** Undefined when the kernel refuses, or does not answer: a hung file system is asked as well. */
async function answered<T>(asked: Promise<T>, ms: number): Promise<T | undefined> {
  const silence = new Promise<undefined>(resolve => setTimeout(resolve, ms, undefined).unref());
  try {
    return await Promise.race([asked, silence]);
  } catch (caught) {
    if (isSystemCallError(caught)) return undefined;
    throw caught;
  }
}

/** Every name that could lead to it, as far as the inspection knows. */
function namesOf(volume: Volume): string[] {
  const { uncPrefix, provider } = volume;
  const registered = provider === undefined ? undefined : providerName(provider);
  if (uncPrefix === undefined) return [devicePath(volume.device)];
  return [uncPath(uncPrefix), ...(registered === undefined ? [] : [providerPath(registered, uncPrefix)])];
}

/** A volume that is there, whether an inspection shows it or not, with every name that could lead to it. */
export interface KernelVolume {
  readonly device: string;
  readonly home: string;
  readonly names: readonly string[];
}

/** All volumes of this kernel, by its own lists. A silo is known by the namespace that has its container. */
export function kernelVolumes(
  { machine, scenario }: SimulatedHost,
  namespaces: readonly Namespace[],
): readonly KernelVolume[] {
  const homes = new Map(namespaces.map(({ id, container }) => [container?.id, id]));
  const { instance } = scenario.winfsp;
  const suffix = instance === '' ? '' : `+${instance}`;
  const places = [
    { silo: 0, home: HOST_NAMESPACE, braces: '' },
    ...machine.computeSystems().flatMap(({ siloId: silo, name, containerGuid }) => {
      const home = homes.get(name) ?? `nowhere: ${name}`;
      return silo === undefined ? [] : [{ silo, home, braces: `{${containerGuid}}` }];
    }),
  ];
  return places.flatMap(({ silo, home, braces }) =>
    volumesOf(machine, silo).map((name): KernelVolume => {
      const [, device = name, prefix = ''] = /^(\\Device\\[^\\]+)(.*)$/.exec(name) ?? [];
      const network = [uncPath(prefix), providerPath(`WinFsp.Mup${suffix}${braces}`, prefix)];
      return { device, home, names: [devicePath(device), devicePath(name), ...(prefix === '' ? [] : network)] };
    }),
  );
}

/** Claims of one cell that the kernel contradicts. */
export async function lies(
  truth: KernelTruth,
  volume: Volume,
  cell: Visibility,
  names: readonly string[] = namesOf(volume),
): Promise<string[]> {
  const wrong = async (ways: readonly Way[], expected: boolean): Promise<string[]> => {
    const tested = ways.filter(({ evidence }) => rankOf(evidence) >= PROBE);
    const found = await Promise.all(
      tested.map(async way =>
        (await truth.leads(cell.namespace, way.path, volume, expected ? 'expected' : 'unexpected')) === expected
          ? []
          : [way],
      ),
    );
    return found.flat().map(way => `${expected ? 'does not lead' : 'leads'} there: ${JSON.stringify(way)}`);
  };
  const said = [...(await wrong(cell.through, true)), ...(await wrong(cell.refuted ?? [], false))];
  if (cell.visible === 'no') {
    const reached = await Promise.all(names.map(name => truth.leads(cell.namespace, name, volume, 'unexpected')));
    said.push(...names.filter((_, index) => reached[index]).map(name => `not visible, and yet by ${name}`));
  }
  const isOpened = cell.visible === 'yes' && rankOf(cell.evidence) >= PROBE;
  if (isOpened && !cell.through.some(({ evidence }) => rankOf(evidence) === rankOf(cell.evidence)))
    said.push('claims more than any of its names');
  return said.map(lie => `${volume.uncPrefix ?? volume.mountPoints.join()} from ${cell.namespace}: ${lie}`);
}
