import { assertNever } from '../base/assert-never.ts';
import { type Evidence, rankOf } from '../domain/evidence.ts';
import type { InspectedVolume, Inspection, Visibility } from '../domain/inspection.ts';
import { HOST_NAMESPACE } from '../domain/namespace.ts';
import { uncPath } from '../domain/unc-prefix.ts';
import { formatList } from './amounts.ts';
import { namespaceNames } from './namespace-names.ts';
import { escapeUntrusted } from './plain-text.ts';
import { wordEvidence } from './word-evidence.ts';

/**
 * A volume's verdict explained in a few lines, to a person who has never heard of MUP: who sees it, why, how that is
 * known, what to do. It speaks of visibility; process isolation guarantees no more.
 */
export function wordVolume(volume: InspectedVolume, inspection: Pick<Inspection, 'namespaces'>): string[] {
  const name = namespaceNames(inspection.namespaces);
  const home = name(volume.home);
  const outside = volume.visibility.filter(({ namespace }) => namespace !== volume.home);
  switch (volume.verdict) {
    case 'leaked': {
      const seen = outside.filter(({ visible }) => visible === 'yes');
      return [
        `${what(volume)} was mounted by ${home}, and ${sights(seen, name)}${ways(seen)}.`,
        `It is mounted as a network file system. Windows keeps one switchboard for names that begin with two backslashes (the Multiple UNC Provider, MUP), and containers under process isolation share the host's. A name that is registered in one of them is there for all.`,
        ...beaten(volume),
        ...doubts(seen),
        known(seen),
        'To keep it inside, mount it as a disk instead: without a UNC prefix its device exists in its own namespace only.',
      ];
    }
    case 'private':
      return [
        `${what(volume)} was mounted by ${home}, and no other namespace that was asked can open it.`,
        volume.kind === 'disk'
          ? 'It is mounted as a disk: its device exists in its own namespace only, and no name for it is registered outside.'
          : 'It is mounted as a network file system, but no other namespace shares the switchboard in which its name is registered.',
        known(outside),
        'This is about visibility: under process isolation an administrator of the host can look into any container.',
      ];
    case 'unknown': {
      const silent = outside.filter(({ visible }) => visible === 'unknown');
      return [
        `${what(volume)} was mounted by ${home}. Whether ${formatList(silent.map(({ namespace }) => name(namespace)))} can open it is not known.`,
        'They were asked and did not answer in time, or could not be asked.',
        'Ask again with `siloscope inspect --probe`.',
      ];
    }
    default:
      return assertNever(volume.verdict, 'verdict');
  }
}

function what({ uncPrefix, mountPoints, device, home }: InspectedVolume): string {
  const [mountPoint] = mountPoints;
  const at =
    mountPoint === undefined ? '' : ` (${escapeUntrusted(mountPoint)}${home === HOST_NAMESPACE ? '' : ' inside'})`;
  if (uncPrefix !== undefined) return `${escapeUntrusted(uncPath(uncPrefix))}${at}`;
  return escapeUntrusted(mountPoint ?? device);
}

/** What somebody looked at is told apart from what is expected. */
function sights(seen: readonly Visibility[], name: (id: string) => string): string {
  const names = (cells: readonly Visibility[]): string => formatList(cells.map(({ namespace }) => name(namespace)));
  const looked = seen.filter(({ evidence }) => evidence.rank !== 'rule');
  const expected = seen.filter(({ evidence }) => evidence.rank === 'rule');
  if (looked.length === 0) return `${names(expected)} can be expected to open it too`;
  return expected.length === 0
    ? `${names(looked)} can open it too`
    : `${names(looked)} can open it too (${names(expected)} can be expected to)`;
}

function ways(seen: readonly Visibility[]): string {
  const unc = seen.flatMap(({ through }) => through).find(({ kind }) => kind === 'unc');
  if (unc !== undefined) return ` as ${escapeUntrusted(unc.path)}`;
  return seen.some(({ through }) => through.length > 0) ? ' by naming its provider' : '';
}

function beaten({ visibility, uncPrefix }: InspectedVolume): string[] {
  if (uncPrefix === undefined || !visibility.some(({ because }) => because === 'class-claimed-by-another')) return [];
  return [
    `Somebody else uses a name with the same first part. Only one of them gets ${escapeUntrusted(uncPath(uncPrefix))}, and nobody can say beforehand which (expected, not proven).`,
  ];
}

function doubts(seen: readonly Visibility[]): string[] {
  const inferred = seen.filter(({ evidence }) => evidence.rank === 'rule' && evidence.ground === 'inferred').length;
  if (inferred === 0) return [];
  return [
    inferred === seen.length
      ? 'All of this is expected, not proven: it follows from how the parts work, and no vendor documents it.'
      : 'What is said of other containers is expected, not proven: vendors document the way from a container to the host only.',
  ];
}

function known(cells: readonly Visibility[]): string {
  const best = cells
    .map(({ evidence }) => evidence)
    .reduce<Evidence | undefined>(
      (one, other) => (one === undefined || rankOf(other) > rankOf(one) ? other : one),
      undefined,
    );
  if (best === undefined) return 'How that is known: there is no other namespace to ask.';
  const more =
    best.rank === 'canary'
      ? ''
      : best.rank === 'probe'
        ? ' `siloscope inspect --canary` proves it.'
        : ' `siloscope inspect --probe --canary` looks.';
  return `How that is known, at best: ${wordEvidence(best)}.${more}`;
}
