import type { Clock } from '../../../shared/base/clock.ts';
import { type Fault, FaultError } from '../../../shared/contract/fault.ts';
import type { Host } from '../../hosts/host.ts';
import { readScenario } from '../../hosts/simulated/scenario/read-scenario.ts';
import { createSimulatedHost } from '../../hosts/simulated/simulated-host.ts';
import { findScenario } from './find-scenario.ts';
import { raced } from './raced.ts';

/** Which host to open: a simulated one by its scenario (a name or a file), or a real Windows by `local` or `ssh://`. */
export type LocalTarget =
  | { readonly kind: 'simulated'; readonly scenario: string }
  | { readonly kind: 'windows'; readonly host: string };

/** A Docker endpoint that stock clients reach. */
export interface Listening {
  /** As `DOCKER_HOST` takes it. */
  readonly endpoint: string;
  dispose(): void;
}

/** A host that was opened here, hence is closed here. */
export interface OpenedHost {
  readonly host: Host;
  readonly target: LocalTarget;
  /** The scenario's name, of a simulated host. */
  readonly scenario?: string;
  /** Simulated hosts only. */
  readonly listenDocker?: (endpoint: string) => Promise<Listening>;
}

/** Opens a host. Fails with `host-unreachable`, or with what is wrong with the scenario. */
export async function openHost(target: LocalTarget, clock: Clock, signal: AbortSignal): Promise<OpenedHost> {
  if (target.kind === 'windows') throw new FaultError(noWindowsYet(target.host));
  const { file, text } = await findScenario(target.scenario);
  const scenario = readScenario(text, file);
  const host = await raced(createSimulatedHost({ scenario, clock }), signal, made => made.dispose());
  return {
    host,
    target,
    scenario: scenario.name,
    listenDocker: endpoint => host.listenEngine(endpoint),
  };
}

/** Why a real Windows cannot be opened from here; undefined when it can be tried. */
export function whyNotWindows(host: string, platform: string): string | undefined {
  if (host !== 'local') return 'Siloscope has no SSH client';
  return platform === 'win32'
    ? 'Siloscope has no way into the Windows of this machine'
    : 'this machine does not run Windows';
}

function noWindowsYet(host: string): Fault {
  const why = whyNotWindows(host, process.platform) ?? 'it did not open';
  return { code: 'host-unreachable', host, reason: `${why}; use --host simulated, or --connect to a running one` };
}
