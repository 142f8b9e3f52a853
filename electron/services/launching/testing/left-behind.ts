import type { SimulatedServices } from '../../testing/simulated-services.ts';

/** Silos that run, and containers of ours that the engine knows. */
export async function leftBehind({ host, call }: SimulatedServices): Promise<string[]> {
  const known = await call('filesystem.list', { all: true }).catch(() => ({ fileSystems: [] }));
  const silos = host.machine.computeSystems().map(system => system.name);
  return [...silos, ...known.fileSystems.map(({ container }) => container.name)];
}
