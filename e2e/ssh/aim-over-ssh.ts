import { Scenario } from '../../electron/hosts/simulated/scenario/schema.ts';
import { assetScenario } from '../../electron/hosts/simulated/testing/scenarios.ts';
import type { ScenarioSource } from '../fixtures/scenario-file.ts';
import { openLane } from './lane.ts';

/** A journey's scenario as the machine at the far end takes it. */
export const wholeScenario = (source: ScenarioSource): Scenario =>
  typeof source === 'string' ? assetScenario(source) : Scenario.parse(source);

/** A real sshd with the scenario behind it, and how a server is told to open it: its keys lie in a home of its own. */
export async function aimOverSsh(scenario: ScenarioSource) {
  const lane = await openLane(wholeScenario(scenario));
  return {
    argv: ['--host', lane.sshd.url],
    env: { HOME: await lane.userHome(), SSH_AUTH_SOCK: '' },
    end: () => lane.dispose(),
  };
}
