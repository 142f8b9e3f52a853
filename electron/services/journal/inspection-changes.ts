import type { EvidenceStep } from '../../../shared/domain/evidence.ts';
import type { JournalNote } from '../../../shared/domain/journal.ts';
import type { JournalStateData, KnownMup } from '../../../shared/domain/journal-state-data.ts';
import { keptChain, seenInPassing, tellsMore } from '../../../shared/domain/known-chain.ts';
import { HOST_NAMESPACE, type Namespace } from '../../../shared/domain/namespace.ts';
import { isVirtualMachine } from '../../../shared/domain/namespace-kind.ts';
import { ownProcess } from '../own-process.ts';
import type { Seen, SeenVolume } from '../watching/seen.ts';

/** What was known before: a look, or what the journal says. */
export interface KnownBefore {
  readonly namespaces: readonly {
    readonly id: string;
    readonly label: string;
    readonly container?: { readonly id: string } | undefined;
    /** Absent: it was not read, or that was not recorded. */
    readonly mup?: Namespace['mup'];
    /** Only an older Siloscope knew it, which wrote nothing of its MUP. */
    readonly isMupUnrecorded?: boolean;
  }[];
  readonly volumes: readonly (Pick<SeenVolume, 'device' | 'home' | 'uncPrefix' | 'mountPoints' | 'verdict'> & {
    readonly chain?: readonly EvidenceStep[] | undefined;
  })[];
  /** Nobody watched since: when things changed is not known. */
  readonly unwatched?: true;
}

/** What the journal knew when this process began to watch. */
export function knownBefore({ namespaces, volumes }: JournalStateData): KnownBefore {
  return {
    namespaces: namespaces.map(({ id, label, container, mup }) => ({
      id,
      label,
      ...(container === undefined ? {} : { container: { id: container } }),
      ...(mup === undefined || mup === 'not-read' ? {} : { mup }),
      isMupUnrecorded: mup === undefined,
    })),
    volumes,
    ...(namespaces.length + volumes.length === 0 ? {} : { unwatched: true }),
  };
}

/**
 * What changed between two looks, as lines of the timeline: silos that came and went, or whose MUP was seen to be another;
 * volumes that appeared, are gone, leaked, were sealed, are mounted elsewhere, or of which other evidence was seen.
 */
export function inspectionChanges(before: KnownBefore | undefined, now: Seen): readonly JournalNote[] {
  const late = before?.unwatched === true ? { unwatched: true } : {};
  const old = new Map(before?.volumes.map(volume => [volume.device, volume]));
  const present = new Set(now.volumes.map(volume => volume.device));
  const labels = new Map(now.namespaces.map(namespace => [namespace.id, namespace.label]));
  const mups = new Map(now.namespaces.map(namespace => [namespace.id, namespace.mup]));
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
    const passing = seenInPassing(volume.chain ?? []);
    const chain = { chain: keptChain(passing) };
    if (was === undefined) notes.push(note('volume.appeared', chain));
    else {
      if (was.mountPoints.join() !== volume.mountPoints.join()) {
        notes.push(note('volume.mounted', { before: was.mountPoints }));
      }
      // What a test opened is told with the test.
      if (tellsMore(was.chain && seenInPassing(was.chain), passing)) notes.push(note('volume.evidence-changed', chain));
    }
    const mup = mups.get(volume.home);
    const proof = { proof: volume.proof?.rank ?? 'rule', ...(isSilo(volume.home) && mup === undefined ? UNREAD : {}) };
    if (volume.verdict === 'leaked' && was?.verdict !== 'leaked') notes.push(note('volume.leaked', proof));
    else if (was?.verdict === 'leaked' && volume.verdict === 'private') notes.push(note('volume.sealed', proof));
    else if (was !== undefined && was.verdict !== volume.verdict) {
      notes.push(note('volume.judged', { ...proof, before: was.verdict }));
    } else if (was === undefined && volume.verdict !== 'leaked' && (mup === 'own' || mup === 'elsewhere')) {
      // Somebody who could not read that may have told of it first, and by the rule alone.
      notes.push(note('volume.judged', proof));
    }
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
    const was = container === undefined ? {} : { container: container.id };
    yield { source: 'silo', what: `${nounOf(id)}.departed`, subject: label, data: { id, ...was, ...late } };
  }
  for (const { id, label, container, mup } of now.namespaces) {
    const known = old.get(id);
    if (id === 'host') continue;
    const data = { id, ...(container === undefined ? {} : { container: container.id, image: container.image }) };
    const seen: { readonly mup?: KnownMup } = nounOf(id) === 'vm' ? {} : { mup: mup ?? 'not-read' };
    if (known === undefined || known.container?.id !== container?.id) {
      yield { source: 'silo', what: `${nounOf(id)}.arrived`, subject: label, data: { ...data, ...seen, ...late } };
    } else if (seen.mup !== undefined && isMupNews(known, mup)) {
      yield {
        source: 'silo',
        what: 'silo.mup-seen',
        subject: label,
        data: { ...data, ...seen, before: known.mup, ...late },
      };
    }
  }
}

/** Who could not read it takes nothing back; that it could not be read is told where nothing had been. */
function isMupNews(known: KnownBefore['namespaces'][number], mup: Namespace['mup']): boolean {
  return mup === undefined ? known.isMupUnrecorded === true : mup !== known.mup;
}

/** So many gaps are written down; the rest is counted. */
const MOST_GAPS = 20;

/**
 * What could not be listed, where that is otherwise than before: with something there a moment is not known to be whole.
 * `before` undefined: nothing was looked at yet.
 */
export function gapChanges(before: Pick<Seen, 'gaps'> | undefined, now: Pick<Seen, 'gaps'>): readonly JournalNote[] {
  const told = gapsOf(now);
  if (before !== undefined && JSON.stringify(gapsOf(before)) === JSON.stringify(told)) return [];
  return [
    {
      source: 'inspection',
      what: 'inspection.gaps-changed',
      subject: 'volume lists',
      data: { by: ownProcess(), ...told, gaps: told.first.length + told.more },
    },
  ];
}

/** Gaps that hid volumes, as the journal keeps them. */
export function gapsOf({ gaps }: Pick<Seen, 'gaps'>) {
  const hiding = gaps.filter(({ hides }) => hides === 'volumes').map(({ hides: _hides, ...gap }) => gap);
  return { first: hiding.slice(0, MOST_GAPS), more: Math.max(0, hiding.length - MOST_GAPS) };
}

/** The verdict rests on the rule that a silo has the host's MUP; whether it has, this one could not read. */
const UNREAD = { mup: 'not-read' } as const;
const isSilo = (id: string): boolean => nounOf(id) === 'silo' && id !== HOST_NAMESPACE;

/** A container under Hyper-V isolation has a machine of its own, and no silo on this one. */
const nounOf = (id: string): 'silo' | 'vm' => (isVirtualMachine(id) ? 'vm' : 'silo');

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
