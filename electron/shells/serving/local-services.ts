import { systemClock } from '../../../shared/base/clock.ts';
import { type Contract, contract } from '../../../shared/contract/contract.ts';
import { type Fault, FaultError } from '../../../shared/contract/fault.ts';
import type { Channel } from '../../../shared/wire/channel.ts';
import { Hub } from '../../../shared/wire/hub.ts';
import { readScenario } from '../../hosts/simulated/scenario/read-scenario.ts';
import { createSimulatedHost } from '../../hosts/simulated/simulated-host.ts';
import { createServices } from '../../services/services.ts';
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

/** A host and its services in this process. */
export interface LocalServices {
  readonly hostId: string;
  /** The scenario's name, of a simulated host. */
  readonly scenario?: string;
  /** Serves one client until its channel closes. */
  readonly serve: (channel: Channel) => { dispose(): void };
  /** Simulated hosts only: lets stock Docker clients in at `endpoint`. */
  readonly listenDocker?: (endpoint: string) => Promise<Listening>;
  onLost(listener: (fault: Fault) => void): () => void;
  /** Ends services and host. */
  close(): Promise<void>;
}

/** Opens a host and starts its services. Fails with `host-unreachable`, or with what is wrong with the scenario. */
export async function openLocalServices(target: LocalTarget, signal: AbortSignal): Promise<LocalServices> {
  if (target.kind === 'windows') throw new FaultError(noWindowsYet(target.host));
  const { file, text } = await findScenario(target.scenario);
  const scenario = readScenario(text, file);
  const host = await raced(createSimulatedHost({ scenario }), signal, made => made.dispose());
  const services = createServices(host, { clock: systemClock, simulated: { scenario: scenario.name } });
  const hub = new Hub<Contract>(contract, services.handlers);
  const close = async (): Promise<void> => {
    hub.dispose();
    await services.dispose();
    await host.dispose();
  };
  services.start(hub.announce);
  return {
    hostId: host.id,
    scenario: scenario.name,
    serve: channel => hub.serve(channel),
    listenDocker: endpoint => host.listenEngine(endpoint),
    onLost: listener => host.onLost(listener),
    close,
  };
}

function noWindowsYet(host: string): Fault {
  const why =
    host !== 'local'
      ? 'Siloscope has no SSH client'
      : process.platform === 'win32'
        ? 'Siloscope has no way into the Windows of this machine'
        : 'this machine does not run Windows';
  return { code: 'host-unreachable', host, reason: `${why}; use --host simulated, or --connect to a running one` };
}
