import { onTestFinished } from 'vitest';
import { openSimulatedServices, type SimulatedServices } from './simulated-services.ts';

/** Services over a simulated host, which go with the test that asked for them. */
export async function servicesOn(...asked: Parameters<typeof openSimulatedServices>): Promise<SimulatedServices> {
  const services = await openSimulatedServices(...asked);
  onTestFinished(() => services.dispose());
  return services;
}
