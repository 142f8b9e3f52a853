import type { MupEvidence } from '../../../shared/domain/mup-evidence.ts';
import type { SimulatedMachine } from './kernel/create-machine.ts';

/** What the simulated MUP answers to the two undocumented questions. Order is priority, as on a real one. */
export function mupEvidence(machine: Pick<SimulatedMachine, 'mup' | 'clock'>): MupEvidence {
  const { providers, prefixCache } = machine.mup();
  return {
    undocumented: true,
    providers: providers.map((name, index) => ({
      name: deviceOf(name),
      priority: index,
      state: 'registered',
      providerId: index + 1,
    })),
    prefixCache: prefixCache.map(({ prefix, provider, expires }) => ({
      uncName: prefix,
      providerName: deviceOf(provider),
      surrogateName: '',
      priority: providers.indexOf(provider),
      timeToLive: Math.max(0, Math.round((expires - machine.clock.now()) / 1_000)),
    })),
  };
}

const deviceOf = (name: string): string => (name.startsWith('\\Device\\') ? name : `\\Device\\${name}`);
