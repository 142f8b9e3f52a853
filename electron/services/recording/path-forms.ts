import type { RecordedAnswer } from '../../../shared/domain/recording.ts';
import type { ProbeTarget } from '../../hosts/host.ts';

/** A file system that hangs holds each up until its time is over. */
const MOST_VOLUMES = 10;

/** A network volume as the namespace shows it. */
interface NetworkVolume {
  /** Of its namespace: empty for the host's, `\Silos\<id>` for a silo's. */
  readonly root: string;
  /** E.g. `WinFsp.Mup+2.1{guid}`. */
  readonly provider: string;
  readonly uncPrefix: string;
}

/**
 * Every way by which a volume can be opened from the host without a name being resolved, of each volume that the
 * answers show: the provider's name behind the MUP's, the provider's link in the silo and in the host's own `\Device`,
 * and the device of a disk volume. A link that leads to the bare MUP is not opened through: its prefix would be resolved,
 * and a name go out on the network.
 */
export function pathForms(answers: readonly RecordedAnswer[]): readonly ProbeTarget[] {
  const links = linksOf(answers);
  const network = networkVolumes(answers, links)
    .slice(0, MOST_VOLUMES)
    .flatMap(({ root, provider, uncPrefix }): readonly ProbeTarget[] => {
      const rest = uncPrefix.slice(1);
      const byLink = (device: string): readonly ProbeTarget[] =>
        leadsToProvider(links.get(device.toLowerCase())) ? [{ by: 'device', device, rest: `${rest}\\` }] : [];
      const inHost = `\\Device\\${provider}`;
      return [
        { by: 'provider', provider, uncPrefix, rest: '' },
        ...(root === '' ? [] : byLink(`${root}\\Device\\${provider}`)),
        // A name that is not there ends in the object manager, and is asked for all the same.
        ...(isMissing(answers, provider)
          ? [{ by: 'device', device: inHost, rest: `${rest}\\` } as const]
          : byLink(inHost)),
      ];
    });
  return [...network, ...diskVolumes(answers).slice(0, MOST_VOLUMES)];
}

/** The host's `\Device` was listed, and has no such name. */
function isMissing(answers: readonly RecordedAnswer[], name: string): boolean {
  const listed = answers.find(answer => answer.ask === 'list' && answer.path === '\\Device');
  if (listed?.ask !== 'list' || !('entries' in listed.answer)) return false;
  return !listed.answer.entries.some(([entry]) => entry.toLowerCase() === name.toLowerCase());
}

/** `\Device\Mup\;WinFsp.Mup...`: whoever opens it has named the provider. */
const leadsToProvider = (target: string | undefined): boolean => /^\\Device\\Mup\\;WinFsp\./i.test(target ?? '');

const VOLUME = '\\\\Device\\\\Volume\\{[^\\\\]*\\}';
const PREFIXED = new RegExp(`^(${VOLUME})(\\\\[^\\\\]+\\\\[^\\\\]+?)\\\\?$`, 'i');

/**
 * Put together from two facts: a `Volume{guid}` that is a link leads to its provider, and a drive letter or WinFsp's own
 * list of volumes has its prefix behind it. Each once.
 */
function networkVolumes(
  answers: readonly RecordedAnswer[],
  links: ReadonlyMap<string, string>,
): readonly NetworkVolume[] {
  const named = answers.flatMap(answer => {
    if (answer.ask === 'link' && 'target' in answer.answer) {
      return [{ root: rootOf(answer.path), name: answer.answer.target }];
    }
    if (answer.ask !== 'kernel' || answer.question.about !== 'winfsp-volumes' || !('volumes' in answer.answer))
      return [];
    const root = rootOf(answer.question.device);
    return answer.answer.volumes.map(name => ({ root, name }));
  });
  const found = new Map<string, NetworkVolume>();
  for (const { root, name } of named) {
    const [, device = '', uncPrefix] = PREFIXED.exec(name) ?? [];
    const target = links.get(`${root}${device}`.toLowerCase());
    const provider = /^\\Device\\(WinFsp\.Mup[^\\]*)/i.exec(target ?? '')?.[1];
    if (provider === undefined || uncPrefix === undefined) continue;
    found.set(`${provider}${uncPrefix}`.toLowerCase(), { root, provider, uncPrefix });
  }
  return [...found.values()];
}

/** Volumes in silos that are devices, not links. */
function diskVolumes(answers: readonly RecordedAnswer[]): readonly ProbeTarget[] {
  return answers.flatMap(answer => {
    if (answer.ask !== 'list' || !('entries' in answer.answer) || rootOf(answer.path) === '') return [];
    if (!answer.path.toLowerCase().endsWith('\\device')) return [];
    return answer.answer.entries.flatMap(([name, type]) =>
      type === 'Device' && /^Volume\{/i.test(name)
        ? [{ by: 'device', device: `${answer.path}\\${name}`, rest: '' } as const]
        : [],
    );
  });
}

const rootOf = (path: string): string => /^\\Silos\\\d+(?=\\)/i.exec(path)?.[0] ?? '';

/** Targets by the path of the link, in lower case. */
function linksOf(answers: readonly RecordedAnswer[]): ReadonlyMap<string, string> {
  return new Map(
    answers.flatMap((answer): [string, string][] =>
      answer.ask === 'link' && 'target' in answer.answer ? [[answer.path.toLowerCase(), answer.answer.target]] : [],
    ),
  );
}
