import type { Clock } from '../../../shared/base/clock.ts';
import type { Host } from '../../hosts/host.ts';
import type { ThisMachineOptions } from '../../hosts/this-machine/this-machine.ts';
import { raced } from './raced.ts';

/**
 * Which host to open: a simulated one by its scenario (a name or a file), a recording by its file, or a real Windows by
 * `local` or `ssh://`.
 */
export type LocalTarget =
  | { readonly kind: 'simulated'; readonly scenario: string }
  | { readonly kind: 'recording'; readonly file: string }
  | {
      readonly kind: 'windows';
      readonly host: string;
      /** SSH only: the fingerprint of the one host key that the user accepts. */
      readonly hostKey?: string;
    };

/** How the host of this machine starts the processes that it needs beside it. */
export type MachineProcesses = Pick<ThisMachineOptions, 'startHelper' | 'broker'>;

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
export async function openHost(
  target: LocalTarget,
  clock: Clock,
  signal: AbortSignal,
  machine: MachineProcesses = {},
): Promise<OpenedHost> {
  // Each kind of host is a large part of this program: only the one that is wanted is loaded.
  if (target.kind === 'recording') {
    const { openRecording } = await import('./open-recording.ts');
    return { host: await openRecording(target.file), target };
  }
  if (target.kind === 'windows' && isSsh(target.host)) {
    const { openRemote } = await import('./open-remote.ts');
    return { host: await openRemote(target, clock, signal), target };
  }
  if (target.kind === 'windows') {
    const { createThisMachine } = await import('../../hosts/this-machine/this-machine.ts');
    return { host: await raced(createThisMachine({ clock, ...machine }), signal, made => made.dispose()), target };
  }
  const [{ findScenario }, { readScenario }, { createSimulatedHost }] = await Promise.all([
    import('./find-scenario.ts'),
    import('../../hosts/simulated/scenario/read-scenario.ts'),
    import('../../hosts/simulated/simulated-host.ts'),
  ]);
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
  return isSsh(host) || platform === 'win32' ? undefined : 'this machine does not run Windows';
}

const isSsh = (host: string): boolean => host.startsWith('ssh://');
