import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { KernelTruth, lies } from '../testing/kernel-truth.ts';
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

/** Of a busy machine with forty containers, three times over. */
const PATIENCE_OF_ALL_MS = 180_000;
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
  const truth = new KernelTruth(services.host, inspection.namespaces);
  const found: string[] = [];
  let silent = 0;
  for (const volume of inspection.volumes) {
    if (!(await truth.plant(volume))) silent++;
    else for (const cell of volume.visibility) found.push(...(await lies(truth, volume, cell)));
  }
  return { depth, found, silent, network: asked };
}
