import { FaultError } from '../../../shared/contract/fault.ts';
import type { HostChoice } from '../../../shared/domain/host-choice.ts';
import type { KnownHost } from '../../../shared/domain/settings.ts';
import type { SshConnection } from '../../../shared/domain/ssh-connection.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import { wordSshObstacle } from '../../../shared/wording/word-ssh.ts';
import { findScenario, shippedScenarios } from './find-scenario.ts';
import { type LocalTarget, type OpenedHost, whyNotWindows } from './open-host.ts';
import { planRemote } from './plan-remote.ts';

const SIMULATED = 'simulated';

type PlanRemote = typeof planRemote;

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
  plan: PlanRemote = planRemote,
): Promise<readonly ListedHost[]> {
  const shipped = await shippedScenarios();
  const listed = await Promise.all([
    ...shipped.map(name => simulatedHost(name, name)),
    ...[{ id: 'local' }, ...known].map(host => windowsHost(host, platform, plan)),
  ]);
  const { target } = first;
  const asListed = listed.findLast(other => isSameTarget(other.target, target));
  const own = asListed === undefined ? await describeFirst(first, platform, plan) : { ...asListed, target };
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
  plan: PlanRemote,
): Promise<ListedHost> {
  switch (target.kind) {
    case 'simulated':
      return simulatedHost(target.scenario, scenario ?? target.scenario);
    case 'windows':
      return { ...(await windowsHost({ id: target.host }, platform, plan)), target };
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
  // With all simulated programs, which a scenario may name: loaded by who asks for the list.
  const { readScenario } = await import('../../hosts/simulated/scenario/read-scenario.ts');
  const { description } = readScenario(text, file);
  return {
    target: { kind: 'simulated', scenario: source },
    choice: { kind: 'simulated', id: SIMULATED, scenario, title: scenario, description, available: true },
  };
}

async function windowsHost({ id, title }: KnownHost, platform: string, plan: PlanRemote): Promise<ListedHost> {
  const isLocal = id === 'local';
  const way = isLocal ? { reason: whyNotWindows(id, platform) } : await wayTo(id, plan);
  const { reason } = way;
  return {
    target: { kind: 'windows', host: id },
    choice: {
      kind: isLocal ? 'local' : 'ssh',
      id,
      title: title ?? (isLocal ? 'This machine' : id),
      description: isLocal ? 'The Windows that Siloscope runs on.' : 'A Windows host, reached by SSH.',
      available: reason === undefined,
      ...(reason === undefined ? {} : { reason }),
      ...('ssh' in way ? { ssh: way.ssh } : {}),
    },
  };
}

/** How a host over SSH would be reached, or what of the user's ssh configuration is in the way. */
async function wayTo(
  id: string,
  plan: PlanRemote,
): Promise<{ readonly reason: string | undefined } | { readonly ssh: SshConnection; readonly reason?: undefined }> {
  try {
    const planned = await plan(id);
    if (!('because' in planned)) return { ssh: planned.connection };
    return { reason: wordSshObstacle(planned.because, planned.file, planned.line) };
  } catch (caught) {
    if (!(caught instanceof FaultError)) throw caught;
    return { reason: wordFault(caught.fault).cause };
  }
}
