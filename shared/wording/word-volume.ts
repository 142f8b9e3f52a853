import { assertNever } from '../base/assert-never.ts';
import { isOpened, isPredicted } from '../domain/evidence-ranks.ts';
import type { InspectedVolume, Inspection } from '../domain/inspection.ts';
import { HOST_NAMESPACE } from '../domain/namespace.ts';
import { uncNameOf } from '../domain/unc-name.ts';
import { uncPath } from '../domain/unc-prefix.ts';
import { type Alike, alikeIn, countOf } from '../domain/visibility-row.ts';
import { formatList } from './amounts.ts';
import { namespaceNames } from './namespace-names.ts';
import { escapeUntrusted } from './plain-text.ts';
import { wordProof } from './word-proof.ts';
import { type Names, tellsUncName, wordSights, wordUncName } from './word-sight.ts';

/** More namespaces than that are counted. */
const MOST_NAMES = 5;

/**
 * A volume's verdict explained in a few lines, to a person who has never heard of MUP: who sees it, why, how that is
 * known, what to do. It speaks of visibility; process isolation guarantees no more. `isPast`: as it was known once, so that
 * nothing is there to be looked at any more.
 */
export function wordVolume(
  volume: InspectedVolume,
  inspection: Pick<Inspection, 'namespaces'>,
  isPast = false,
): string[] {
  const name = namespaceNames(inspection.namespaces);
  const home = name(volume.home);
  const outside = [...alikeIn(volume.visibility, volume.home)];
  switch (volume.verdict) {
    case 'leaked': {
      const seen = outside.filter(({ look }) => look.visible === 'yes');
      const names: Names = (first, count) => formatList(first.map(name), MOST_NAMES, count);
      const { uncPrefix } = volume;
      const uncName = uncNameOf(volume.home, volume.visibility);
      return [
        `${what(volume)} was mounted by ${home}; ${wordSights(seen, names)}.`,
        ...(uncPrefix === undefined || tellsUncName(seen, uncName) ? [] : [wordUncName(uncPrefix, uncName, isPast)]),
        "It is mounted as a network file system. Windows keeps one switchboard for names that begin with two backslashes (the Multiple UNC Provider, MUP), and containers under process isolation share the host's: a name registered in one of them is there for the host (WinFsp documents it), and most likely for the other containers (inferred).",
        founded(volume, isPast),
        'To keep it inside, mount it as a disk instead: by the rule its device then exists in its own namespace only.',
      ];
    }
    case 'private':
      return [
        `${what(volume)} was mounted by ${home}, and ${nobodyElse(volume, outside)}.`,
        volume.kind === 'disk'
          ? 'It is mounted as a disk: by the rule its device exists in its own namespace only.'
          : 'It is mounted as a network file system, which others can usually reach; here no other namespace is known to.',
        founded(volume, isPast),
        'This is about visibility: under process isolation an administrator of the host can look into any container.',
      ];
    case 'unknown': {
      const silent = outside.filter(({ look }) => look.visible === 'unknown');
      if (silent.length === 0) {
        return [
          `${what(volume)} was mounted by ${home}. No other namespace is known that could look, so nothing says that it is private.`,
          'It is mounted as a network file system: a container that starts, or that nobody saw, can be expected to open it.',
          ...(isPast ? [] : ['Ask again when a container runs; to keep it inside, mount it as a disk.']),
        ];
      }
      const who = formatList(silent.flatMap(({ first }) => first).map(name), 3, countOf(silent));
      return [
        `${what(volume)} was mounted by ${home}. Whether ${who} can open it is not known.`,
        ...unanswered(silent),
        ...(isPast ? [] : ['Ask again with `siloscope inspect --probe`.']),
      ];
    }
    default:
      return assertNever(volume.verdict, 'verdict');
  }
}

/** Why it is not known: nobody answered, or no rule says and nobody asked. */
function unanswered(silent: readonly Alike[]): string[] {
  const isUnruled = ({ look: { because } }: Alike): boolean => because === 'mup-leads-elsewhere';
  return [
    ...(silent.some(isUnruled)
      ? ['The UNC switchboard (MUP) of one of the two is a link to an unknown place: no rule says what that comes to.']
      : []),
    ...(silent.every(isUnruled) ? [] : ['They were asked and gave no clear answer in time, or could not be asked.']),
  ];
}

/** What is said where no volume was found; that there is none only when everybody could be asked. */
export function wordNoVolumes(gaps: number): string {
  return gaps === 0
    ? 'No WinFsp file system runs anywhere: there is no volume to see.'
    : 'No WinFsp file system was found, but not everything could be asked: there may be volumes that nobody saw.';
}

function what({ uncPrefix, mountPoints, device, home }: InspectedVolume): string {
  const [mountPoint] = mountPoints;
  const at =
    mountPoint === undefined ? '' : ` (${escapeUntrusted(mountPoint)}${home === HOST_NAMESPACE ? '' : ' inside'})`;
  if (uncPrefix !== undefined) return `${escapeUntrusted(uncPath(uncPrefix))}${at}`;
  return mountPoint === undefined
    ? escapeUntrusted(device)
    : `${escapeUntrusted(mountPoint)}${home === HOST_NAMESPACE ? '' : ' (inside)'}`;
}

function nobodyElse({ proof }: InspectedVolume, outside: readonly Alike[]): string {
  if (outside.length === 0) return 'no other namespace is known that could look';
  if (isPredicted(proof)) return 'no other namespace is expected to open it';
  return isOpened(proof)
    ? 'no other namespace can open it, as far as tested'
    : 'no other namespace was seen to have it; nobody has tried to open it from there';
}

/** How well the verdict is founded, and what would found it better. */
function founded(volume: InspectedVolume, isPast: boolean): string {
  const { verdict, proof } = volume;
  const more =
    isPast || proof.rank === 'canary' || (verdict === 'private' && proof.rank === 'probe')
      ? ''
      : volume.kind === 'network'
        ? ' `siloscope inspect --probe --canary` looks.'
        : ' `siloscope inspect --probe` looks.';
  return `How well that is founded: ${wordProof(volume)}.${more}`;
}
