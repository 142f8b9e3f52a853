import type { HostChoice } from '../../../shared/domain/host-choice.ts';
import type { KnownHost } from '../../../shared/domain/settings.ts';
import { readScenario } from '../../hosts/simulated/scenario/read-scenario.ts';
import { findScenario, shippedScenarios } from './find-scenario.ts';
import { type LocalTarget, whyNotWindows } from './open-host.ts';

const SIMULATED = 'simulated';

/** What can be opened, and how: only what is listed, so that no client names a file of this machine. */
export interface ListedHost {
  readonly choice: Omit<HostChoice, 'current'>;
  readonly target: LocalTarget;
}

/** The simulated hosts that come along, the one given by a file at the start, this machine, and the user's own list. */
export async function listHosts(
  first: { readonly target: LocalTarget; readonly scenario?: string | undefined },
  known: readonly KnownHost[],
  platform: string = process.platform,
): Promise<readonly ListedHost[]> {
  const shipped = await shippedScenarios();
  const simulated = await Promise.all(shipped.map(name => simulatedHost(name, name)));
  const isOwn = first.target.kind === 'simulated' && !shipped.includes(first.target.scenario);
  const own =
    isOwn && first.target.kind === 'simulated'
      ? [await simulatedHost(first.target.scenario, first.scenario ?? first.target.scenario)]
      : [];
  const hosts = known.some(({ id }) => id === 'local') ? known : [{ id: 'local' }, ...known];
  return [...own, ...simulated, ...hosts.map(host => windowsHost(host, platform))];
}

async function simulatedHost(source: string, scenario: string): Promise<ListedHost> {
  const { file, text } = await findScenario(source);
  const { description } = readScenario(text, file);
  return {
    target: { kind: 'simulated', scenario: source },
    choice: { kind: 'simulated', id: SIMULATED, scenario, title: scenario, description, available: true },
  };
}

function windowsHost({ id, title }: KnownHost, platform: string): ListedHost {
  const reason = whyNotWindows(id, platform);
  const isLocal = id === 'local';
  return {
    target: { kind: 'windows', host: id },
    choice: {
      kind: isLocal ? 'local' : 'ssh',
      id,
      title: title ?? (isLocal ? 'This machine' : id),
      description: isLocal ? 'The Windows that Siloscope runs on.' : 'A Windows host, reached by SSH.',
      available: reason === undefined,
      ...(reason === undefined ? {} : { reason }),
    },
  };
}
