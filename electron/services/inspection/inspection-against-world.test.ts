import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rankOf } from '../../../shared/domain/evidence.ts';
import type { Inspection, Visibility, Way } from '../../../shared/domain/inspection.ts';
import type { Namespace } from '../../../shared/domain/namespace.ts';
import { uncPath } from '../../../shared/domain/unc-prefix.ts';
import type { Volume } from '../../../shared/domain/volume.ts';
import { devicePath, providerName, providerPath } from '../../../shared/domain/volume-names.ts';
import { isSystemCallError } from '../../hosts/simulated/kernel/status.ts';
import type { Subject } from '../../hosts/simulated/machine.ts';
import type { SimulatedHost } from '../../hosts/simulated/simulated-host.ts';
import { openSimulatedServices, type SimulatedServices, scenarioNamed } from '../testing/simulated-services.ts';

const SCENARIOS = readdirSync(new URL('../../../assets/scenarios/', import.meta.url))
  .filter(name => name.endsWith('.json') && !name.endsWith('.schema.json'))
  .map(name => name.replace(/\.json$/, ''))
  // File systems that lie to every second reader lie to this test as well: hostile-file-systems.test.ts holds them.
  .filter(name => name !== 'hostile-file-systems');
const DEPTHS = [
  {},
  { probe: true },
  { canary: true },
  { probe: true, plainUnc: true },
  { probe: true, canary: true, plainUnc: true },
] as const;

const TRUTH = 'truth.txt';
/** For an answer that is not expected, and for one that is: a busy machine must not make a liar of anybody. */
const PATIENCE_MS = { unexpected: 300, expected: 10_000 } as const;
/** Of a busy machine with forty containers, three times over. */
const PATIENCE_OF_ALL_MS = 180_000;
const PROBE = rankOf({ rank: 'probe', ground: 'observed' });

/** What the kernel itself says, without services, engine and programs. */
class Truth {
  readonly #host: SimulatedHost;
  readonly #namespaces: ReadonlyMap<string, Namespace>;

  constructor(host: SimulatedHost, inspection: Inspection) {
    this.#host = host;
    this.#namespaces = new Map(inspection.namespaces.map(namespace => [namespace.id, namespace]));
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

/** Every name that could lead to it, whether the inspection knows it or not. */
function namesOf(volume: Volume): string[] {
  const { uncPrefix, provider } = volume;
  const registered = provider === undefined ? undefined : providerName(provider);
  if (uncPrefix === undefined) return [devicePath(volume.device)];
  return [uncPath(uncPrefix), ...(registered === undefined ? [] : [providerPath(registered, uncPrefix)])];
}

/** Claims of one cell that the kernel contradicts. */
async function lies(truth: Truth, volume: Volume, cell: Visibility): Promise<string[]> {
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
    const names = namesOf(volume);
    const reached = await Promise.all(names.map(name => truth.leads(cell.namespace, name, volume, 'unexpected')));
    said.push(...names.filter((_, index) => reached[index]).map(name => `not visible, and yet by ${name}`));
  }
  const isOpened = cell.visible === 'yes' && rankOf(cell.evidence) >= PROBE;
  if (isOpened && !cell.through.some(({ evidence }) => rankOf(evidence) === rankOf(cell.evidence)))
    said.push('claims more than any of its names');
  return said.map(lie => `${volume.uncPrefix ?? volume.mountPoints.join()} from ${cell.namespace}: ${lie}`);
}

describe('an inspection of the scenario', () => {
  it.each(SCENARIOS)(
    '%s says nothing that the kernel contradicts, and asks the network for nothing unasked',
    async scenario => {
      // Thirty volumes by forty namespaces: the lightest look and the two that open UNC names are enough.
      const depths = scenario === 'noisy-neighbours' ? [DEPTHS[0], DEPTHS[3], DEPTHS[4]] : DEPTHS;
      const results = await Promise.all(
        depths.map(async depth => {
          const services = await openSimulatedServices(await scenarioNamed(scenario));
          try {
            return await holdAgainstKernel(services, depth);
          } finally {
            await services.dispose();
          }
        }),
      );
      // A file system that hangs takes no token: nothing can be compared.
      const silent = scenario === 'hanging-file-system' ? 1 : 0;
      expect(results).toEqual(depths.map(depth => ({ depth, found: [], silent, network: [] })));
    },
    PATIENCE_OF_ALL_MS,
  );
});

async function holdAgainstKernel(services: SimulatedServices, depth: (typeof DEPTHS)[number]) {
  const inspection = await services.call('inspection.take', depth);
  const asked = 'plainUnc' in depth ? [] : [...services.host.networkLog()];
  const truth = new Truth(services.host, inspection);
  const found: string[] = [];
  let silent = 0;
  for (const volume of inspection.volumes) {
    if (!(await truth.plant(volume))) silent++;
    else for (const cell of volume.visibility) found.push(...(await lies(truth, volume, cell)));
  }
  return { depth, found, silent, network: asked };
}
