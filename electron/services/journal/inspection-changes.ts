import type { JournalNote } from '../../../shared/domain/journal.ts';
import type { JournalStateData } from '../../../shared/domain/journal-state.ts';
import type { Seen, SeenVolume } from '../watching/seen.ts';

/** What was known before: a look, or what the journal says. */
export interface KnownBefore {
  readonly namespaces: readonly {
    readonly id: string;
    readonly label: string;
    readonly container?: { readonly id: string } | undefined;
  }[];
  readonly volumes: readonly Pick<SeenVolume, 'device' | 'home' | 'uncPrefix' | 'mountPoints' | 'verdict'>[];
  /** Nobody watched since: when things changed is not known. */
  readonly unwatched?: true;
}

/** What the journal knew when this process began to watch. */
export function knownBefore({ namespaces, volumes }: JournalStateData): KnownBefore {
  return {
    namespaces: namespaces.map(({ id, label, container }) => ({
      id,
      label,
      ...(container === undefined ? {} : { container: { id: container } }),
    })),
    volumes,
    ...(namespaces.length + volumes.length === 0 ? {} : { unwatched: true }),
  };
}

/**
 * What changed between two looks, as lines of the timeline: silos that came and went; volumes that appeared, are gone,
 * leaked, were sealed, or are mounted elsewhere.
 */
export function inspectionChanges(before: KnownBefore | undefined, now: Seen): readonly JournalNote[] {
  const late = before?.unwatched === true ? { unwatched: true } : {};
  const old = new Map(before?.volumes.map(volume => [volume.device, volume]));
  const present = new Set(now.volumes.map(volume => volume.device));
  const labels = new Map(now.namespaces.map(namespace => [namespace.id, namespace.label]));
  const oldLabels = new Map(before?.namespaces.map(namespace => [namespace.id, namespace.label]));
  // What could not be listed is not gone; a gap that hides no volume is no reason to keep one.
  const unasked = new Set<string>(now.gaps.flatMap(gap => (gap.hides === 'volumes' ? [gap.namespace] : [])));
  const notes: JournalNote[] = [...namespaceChanges(before, now, late)];
  for (const volume of now.volumes) {
    const was = old.get(volume.device);
    const data = { ...factsOf(volume), home: labels.get(volume.home) ?? volume.home, ...late };
    const note = (what: string, more: JournalNote['data'] = {}): JournalNote => ({
      source: 'inspection',
      what,
      subject: volume.device,
      data: { ...data, ...more },
    });
    if (was === undefined) notes.push(note('volume.appeared'));
    else if (was.mountPoints.join() !== volume.mountPoints.join()) {
      notes.push(note('volume.mounted', { before: was.mountPoints }));
    }
    if (volume.verdict === 'leaked' && was?.verdict !== 'leaked') {
      notes.push(note('volume.leaked', { proof: volume.proof?.rank ?? 'rule' }));
    }
    if (was?.verdict === 'leaked' && volume.verdict === 'private') notes.push(note('volume.sealed'));
  }
  for (const [device, { home, uncPrefix, mountPoints }] of old) {
    if (present.has(device) || unasked.has(home)) continue;
    notes.push({
      source: 'inspection',
      what: 'volume.gone',
      subject: device,
      data: {
        home: labels.get(home) ?? oldLabels.get(home) ?? home,
        namespace: home,
        ...(uncPrefix === undefined ? {} : { uncPrefix }),
        mountPoints,
        ...late,
      },
    });
  }
  return notes;
}

function* namespaceChanges(before: KnownBefore | undefined, now: Seen, late: object): Generator<JournalNote> {
  const old = new Map(before?.namespaces.map(namespace => [namespace.id, namespace]));
  const present = new Map(now.namespaces.map(namespace => [namespace.id, namespace]));
  for (const [id, { label, container }] of old) {
    const still = present.get(id);
    // Ids of silos are used again: another container there is another silo.
    if (id === 'host' || (still !== undefined && still.container?.id === container?.id)) continue;
    yield { source: 'silo', what: `${nounOf(id)}.departed`, subject: label, data: { id, ...late } };
  }
  for (const { id, label, container } of now.namespaces) {
    const known = old.get(id);
    if (id === 'host' || (known !== undefined && known.container?.id === container?.id)) continue;
    const data = { id, ...(container === undefined ? {} : { container: container.id, image: container.image }) };
    yield { source: 'silo', what: `${nounOf(id)}.arrived`, subject: label, data: { ...data, ...late } };
  }
}

/** A container under Hyper-V isolation has a machine of its own, and no silo on this one. */
const nounOf = (id: string): 'silo' | 'vm' => (id.startsWith('vm:') ? 'vm' : 'silo');

function factsOf({ home, kind, uncPrefix, provider, mountPoints, fileSystem, verdict }: SeenVolume) {
  return {
    namespace: home,
    kind,
    ...(uncPrefix === undefined ? {} : { uncPrefix }),
    ...(provider === undefined ? {} : { provider }),
    mountPoints,
    ...(fileSystem === undefined ? {} : { program: fileSystem.program }),
    verdict,
  };
}
