import { Scenario } from '../../electron/hosts/simulated/scenario/schema.ts';
import { assetScenario } from '../../electron/hosts/simulated/testing/scenarios.ts';
import type { ScenarioSource } from '../fixtures/scenario-file.ts';
import { openLane } from './lane.ts';

/** A real sshd with the scenario behind it, and how a server is told to open it: its keys lie in a home of its own. */
export async function aimOverSsh(scenario: ScenarioSource) {
  const lane = await openLane(typeof scenario === 'string' ? assetScenario(scenario) : Scenario.parse(scenario));
  return {
    argv: ['--host', lane.sshd.url],
    env: { HOME: await lane.userHome(), SSH_AUTH_SOCK: '' },
    end: () => lane.dispose(),
  };
}
