import { readFile } from 'node:fs/promises';
import type { Clock } from '../../../shared/base/clock.ts';
import type { Contract } from '../../../shared/contract/contract.ts';
import { contract } from '../../../shared/contract/contract.ts';
import { type Fault, faultOf } from '../../../shared/contract/fault.ts';
import type { CallName, InputOf, OutputOf, ProgressOf } from '../../../shared/contract/operation.ts';
import { Scenario, type ScenarioInput } from '../../hosts/simulated/scenario/schema.ts';
import { createSimulatedHost, type SimulatedHost } from '../../hosts/simulated/simulated-host.ts';
import { HastyClock } from '../../hosts/simulated/testing/hasty-clock.ts';
import type { HostCall } from '../service-handlers.ts';
import { createServices, type Services } from '../services.ts';
import type { Preferences } from '../settings/preferences.ts';

type ServiceCall = Exclude<CallName<Contract>, HostCall>;

/** The services over a simulated host, called as a client would, inputs parsed and defaults filled in. */
export interface SimulatedServices {
  readonly host: SimulatedHost;
  readonly services: Services;
  readonly call: <N extends ServiceCall>(
    name: N,
    input: InputOf<Contract, N>,
    options?: { readonly signal?: AbortSignal; readonly onProgress?: (told: ProgressOf<Contract, N>) => void },
  ) => Promise<OutputOf<Contract, N>>;
  /** The fault a call ends with. */
  fault<N extends ServiceCall>(name: N, input: InputOf<Contract, N>, signal?: AbortSignal): Promise<Fault>;
  dispose(): Promise<void>;
}

export async function openSimulatedServices(
  scenario: ScenarioInput,
  options: {
    /** Absent: one that waits for nobody. */
    readonly clock?: Clock;
    readonly journalFolder?: string;
    readonly preferences?: Preferences;
    /** Stands between the services and the host. */
    readonly wrap?: (host: SimulatedHost) => SimulatedHost;
  } = {},
): Promise<SimulatedServices> {
  const clock = options.clock ?? new HastyClock();
  const bare = await createSimulatedHost({ scenario: Scenario.parse(scenario), clock });
  const host = options.wrap?.(bare) ?? bare;
  const services = createServices(host, {
    clock,
    simulated: { scenario: scenario.name ?? 'unnamed' },
    ...(options.preferences === undefined ? {} : { preferences: options.preferences }),
    ...(options.journalFolder === undefined ? {} : { journalFolder: options.journalFolder }),
  });
  const call: SimulatedServices['call'] = async (name, input, { signal, onProgress } = {}) => {
    const handler = services.handlers[name];
    const parsed = contract[name].input.parse(input) as Parameters<typeof handler>[0];
    return await handler(parsed, {
      signal: signal ?? new AbortController().signal,
      progress: told => onProgress?.(told),
    });
  };
  return {
    host,
    services,
    call,
    async fault(name, input, signal) {
      try {
        await call(name, input, signal === undefined ? {} : { signal });
      } catch (error) {
        return faultOf(error);
      }
      throw new Error(`${name} did not fail`);
    },
    async dispose() {
      await services.dispose();
      await host.dispose();
    },
  };
}

/** A scenario of assets/scenarios. */
export async function scenarioNamed(name: string): Promise<ScenarioInput> {
  const file = new URL(`../../../assets/scenarios/${name}.json`, import.meta.url);
  return JSON.parse(await readFile(file, 'utf8')) as ScenarioInput;
}

export const SERVERCORE = 'mcr.microsoft.com/windows/servercore:ltsc2025';

/** A host on which everything works: FSD stopped, one local image that fits. */
export const GOOD_HOST: ScenarioInput = {
  images: [{ reference: SERVERCORE, base: 'servercore', osVersion: '10.0.26100.4652' }],
};
