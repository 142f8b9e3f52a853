import type { HostChoice } from '../../../shared/domain/host-choice.ts';
import type { KnownHost } from '../../../shared/domain/settings.ts';
import { readScenario } from '../../hosts/simulated/scenario/read-scenario.ts';
import { findScenario, shippedScenarios } from './find-scenario.ts';
import { type LocalTarget, type OpenedHost, whyNotWindows } from './open-host.ts';

const SIMULATED = 'simulated';

/** What can be opened, and how: only what is listed, so that no client names a file of this machine. */
export interface ListedHost {
  readonly choice: Omit<HostChoice, 'current'>;
  readonly target: LocalTarget;
}

/**
 * The host of the start, the simulated ones that come along, this machine, and the user's own list. Each once: what the
 * start was given beyond its name, such as a host key, stays with it.
 */
export async function listHosts(
  first: Pick<OpenedHost, 'target' | 'scenario' | 'host'>,
  known: readonly KnownHost[],
  platform: string = process.platform,
): Promise<readonly ListedHost[]> {
  const shipped = await shippedScenarios();
  const listed = [
    ...(await Promise.all(shipped.map(name => simulatedHost(name, name)))),
    ...[{ id: 'local' }, ...known].map(host => windowsHost(host, platform)),
  ];
  const { target } = first;
  const asListed = listed.findLast(other => isSameTarget(other.target, target));
  const own = asListed === undefined ? await describeFirst(first, platform) : { ...asListed, target };
  const seen = new Set<string>();
  // From the end: the user's own title of this machine goes before ours.
  const others = listed.toReversed().filter(({ choice }) => {
    const key = choice.scenario ?? choice.id;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
  const rest = others.toReversed().map(other => (isSameTarget(other.target, target) ? own : other));
  return asListed === undefined ? [own, ...rest] : rest;
}

/** Whether both name the same host. */
export function isSameTarget(one: LocalTarget, other: LocalTarget): boolean {
  switch (one.kind) {
    case 'simulated':
      return other.kind === 'simulated' && one.scenario === other.scenario;
    case 'recording':
      return other.kind === 'recording' && one.file === other.file;
    case 'windows':
      return other.kind === 'windows' && one.host === other.host;
  }
}

/** The host of the start, when it is none of those that are listed anyway. */
async function describeFirst(
  { target, scenario, host }: Pick<OpenedHost, 'target' | 'scenario' | 'host'>,
  platform: string,
): Promise<ListedHost> {
  switch (target.kind) {
    case 'simulated':
      return simulatedHost(target.scenario, scenario ?? target.scenario);
    case 'windows':
      return { ...windowsHost({ id: target.host }, platform), target };
    case 'recording':
      return {
        target,
        choice: {
          kind: 'recording',
          id: host.id,
          title: host.facts.machineName,
          description: 'A recording of a Windows host: it answers what was recorded.',
          available: true,
        },
      };
  }
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
