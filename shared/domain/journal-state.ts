import { z } from 'zod';
import { EvidenceRank, EvidenceStep } from './evidence.ts';
import { GapsBySeer } from './gaps-by-seer.ts';
import { VolumeVerdict } from './inspection.ts';
import type { JournalEntry, JournalNote } from './journal.ts';
import {
  type JournalStateData,
  KnownFinding,
  KnownHost,
  KnownMup,
  type KnownNamespace,
  type KnownVolume,
  SightGroup,
} from './journal-state-data.ts';
import { mergeChains, seenInPassing, tellsMore } from './known-chain.ts';
import { NamespaceId } from './namespace.ts';
import { kindOfNamespace } from './namespace-kind.ts';
import type { FsdState } from './readiness.ts';
import { contradicts, withGroups } from './sight-groups.ts';
import { VolumeKind } from './volume.ts';

/** So many events of the engine are remembered, so that two processes that hear one event write one line. */
const RECENT = 256;

/** What the line of a coming tells besides, and the line that tells it alone. */
const TOLD_BESIDE: Readonly<Record<string, { readonly as: 'chain' | 'mup'; readonly what: string }>> = {
  'volume.appeared': { as: 'chain', what: 'volume.evidence-changed' },
  'silo.arrived': { as: 'mup', what: 'silo.mup-seen' },
};

const FSD_STATES: Readonly<Record<string, FsdState>> = {
  'fsd.uninstalled': 'not-installed',
  'fsd.stopped': 'stopped',
  'fsd.awaited': 'starting',
  'fsd.started': 'running',
  'fsd.unloaded': 'stopping',
};

/** The state of a journal, line by line. */
export class JournalState {
  host: JournalStateData['host'];
  fsd: JournalStateData['fsd'];
  engine: JournalStateData['engine'];
  readonly volumes = new Map<string, KnownVolume>();
  readonly namespaces = new Map<string, KnownNamespace>();
  readonly findings = new Map<string, KnownFinding>();
  readonly watchers = new Set<string>();
  readonly #gaps = new GapsBySeer(this.watchers);
  readonly #recent = new Set<string>();

  static from(data: JournalStateData): JournalState {
    const state = new JournalState();
    state.host = data.host;
    state.fsd = data.fsd;
    state.engine = data.engine;
    for (const volume of data.volumes) state.volumes.set(volume.device, volume);
    for (const namespace of data.namespaces) state.namespaces.set(namespace.id, namespace);
    for (const finding of data.findings) state.findings.set(finding.key, finding);
    for (const watcher of data.watchers) state.watchers.add(watcher);
    for (const { by, ...gaps } of data.gapsOf) state.#gaps.take(by, gaps);
    for (const event of data.recent) state.#recent.add(event);
    return state;
  }

  /** How much there is to keep: so often is a checkpoint worth its room. */
  get size(): number {
    return this.volumes.size + this.namespaces.size + this.findings.size;
  }

  data(): JournalStateData {
    const gaps = this.#gaps.all();
    return {
      ...(this.host === undefined ? {} : { host: this.host }),
      ...(this.fsd === undefined ? {} : { fsd: this.fsd }),
      ...(this.engine === undefined ? {} : { engine: this.engine }),
      volumes: [...this.volumes.values()],
      namespaces: [...this.namespaces.values()],
      findings: [...this.findings.values()],
      ...(gaps === undefined ? {} : { gaps }),
      gapsOf: this.#gaps.data(),
      watchers: [...this.watchers],
      recent: [...this.#recent],
    };
  }

  /**
   * Whether an observation says nothing that the journal does not say already. Orders and ends of orders are never
   * repeats: that something was done twice is worth two lines.
   */
  isRepeat({ what, subject, data = {} }: JournalNote): boolean {
    const event = eventMark(what, data);
    if (event !== undefined) return this.#recent.has(event);
    if (data['late'] === true) return false;
    const volume = this.volumes.get(subject);
    if (this.#isKnownBetter(what, data)) return true;
    switch (what) {
      case 'volume.appeared':
        return volume !== undefined && sameMounts(volume.mountPoints, data['mountPoints']);
      case 'volume.mounted':
        return volume !== undefined && sameMounts(volume.mountPoints, data['mountPoints']);
      case 'volume.leaked':
        return volume?.verdict === 'leaked' && volume.proof === (EvidenceRank.safeParse(data['proof']).data ?? 'rule');
      case 'volume.sealed':
        return volume?.verdict === 'private';
      case 'volume.judged':
        return volume !== undefined && volume.verdict === data['verdict'];
      case 'volume.evidence-changed':
        // Of a volume that others have said is gone it is still a line: it may have been told while the disk was full.
        return volume !== undefined && !tellsMore(volume.chain, stepsOf(data['chain']) ?? []);
      case 'volume.tested': {
        // A look from some places alone is a deed, and has its own time.
        if (volume?.tested === undefined || data['partial'] === true) return false;
        const sameGroups = JSON.stringify(volume.tested.groups) === JSON.stringify(groupsOf(data['groups']));
        return sameGroups && !tellsMore(volume.chain, stepsOf(data['chain']) ?? []);
      }
      case 'volume.gone':
        return volume === undefined;
      case 'silo.arrived':
      case 'vm.arrived': {
        const known = this.namespaces.get(textOf(data['id']) ?? '');
        return known !== undefined && known.container === textOf(data['container']);
      }
      case 'silo.departed':
      case 'vm.departed':
        return this.#roomOf(data) === undefined;
      case 'silo.mup-seen': {
        const known = this.#roomOf(data);
        // Who could not read it takes back nothing.
        return (
          known !== undefined && (known.mup === data['mup'] || (known.mup !== undefined && data['mup'] === 'not-read'))
        );
      }
      case 'inspection.gaps-changed':
        return this.#gaps.isKnown(data);
      case 'host.seen': {
        const told = KnownHost.safeParse(data).data ?? {};
        return isSame({ ...this.host, ...told }, this.host ?? {});
      }
      case 'finding.opened':
        return this.findings.has(textOf(data['key']) ?? '');
      case 'finding.closed':
        return !this.findings.has(textOf(data['key']) ?? '');
      case 'watch.lost':
        return !this.watchers.has(subject);
      case 'engine.connected':
      case 'engine.lost':
      case 'engine.unreachable':
        return this.engine === what.slice('engine.'.length);
      default:
        // `fsd.unloaded` by a person is an order, and the state beside it is `stopping`.
        return FSD_STATES[what] !== undefined && !('lost' in data) && this.fsd?.state === FSD_STATES[what];
    }
  }

  /**
   * What of an observation is to be written: all of it, nothing, or only what it tells besides. What somebody else told of
   * first may have been told by one who may see less of it.
   */
  newsOf<N extends JournalNote>(note: N): N | undefined {
    if (!this.isRepeat(note)) return note;
    const beside = TOLD_BESIDE[note.what];
    if (beside === undefined || isNothing(note.data?.[beside.as])) return undefined;
    const rest = { ...note, what: beside.what };
    return this.isRepeat(rest) ? undefined : rest;
  }

  /** Takes one line in. Total: a line that makes no sense changes nothing. */
  apply({ sequence, at, what, subject, data = {} }: JournalEntry): void {
    const event = eventMark(what, data);
    if (event !== undefined) this.#remember(event);
    // Newer things were told before it.
    if (data['late'] === true) return;
    switch (what) {
      case 'volume.appeared':
      case 'volume.leaked':
      case 'volume.sealed':
      case 'volume.judged':
      case 'volume.mounted':
        this.#applyVolume(sequence, what, subject, data);
        break;
      case 'volume.evidence-changed':
        // What was seen of a volume that is gone does not bring it back.
        if (this.volumes.has(subject)) this.#applyVolume(sequence, what, subject, data);
        break;
      case 'volume.tested':
        this.#applyTest(sequence, at, subject, data);
        break;
      case 'volume.gone':
        this.volumes.delete(subject);
        break;
      case 'silo.arrived':
      case 'vm.arrived':
        this.#applyArrival(sequence, subject, data);
        break;
      case 'silo.departed':
      case 'vm.departed':
        this.namespaces.delete(this.#roomOf(data)?.id ?? '');
        break;
      case 'silo.mup-seen': {
        const known = this.#roomOf(data);
        const mup = KnownMup.safeParse(data['mup']).data;
        if (known !== undefined && mup !== undefined) this.namespaces.set(known.id, { ...known, mup });
        break;
      }
      case 'inspection.gaps-changed':
        this.#gaps.apply(sequence, data);
        break;
      case 'host.seen':
        this.host = { ...this.host, ...KnownHost.safeParse(data).data };
        break;
      case 'finding.opened': {
        const finding = KnownFinding.safeParse({ ...data, since: sequence }).data;
        if (finding !== undefined) this.findings.set(finding.key, finding);
        break;
      }
      case 'finding.closed':
        this.findings.delete(textOf(data['key']) ?? '');
        break;
      case 'engine.connected':
      case 'engine.lost':
      case 'engine.unreachable':
        this.engine = what === 'engine.connected' ? 'connected' : what === 'engine.lost' ? 'lost' : 'unreachable';
        break;
      case 'watch.started':
        this.watchers.add(subject);
        this.#gaps.apply(sequence, data, subject);
        break;
      case 'watch.ended':
      case 'watch.lost':
        this.#gaps.ending(subject);
        this.watchers.delete(subject);
        break;
      case 'host.opened':
        // Another world in the same journal: nothing of the old one is there any more.
        if (data['afresh'] === true) this.#forget();
        break;
      default: {
        const state = FSD_STATES[what];
        if (state !== undefined) this.fsd = { state, service: subject };
      }
    }
  }

  /** Somebody who could not read a silo's MUP judged as if it were the host's, and it was seen that it is not. */
  #isKnownBetter(what: string, data: Readonly<Record<string, unknown>>): boolean {
    if (toldVerdict(what, data) === undefined || data['mup'] !== 'not-read') return false;
    if ((EvidenceRank.safeParse(data['proof']).data ?? 'rule') !== 'rule') return false;
    const mup = this.namespaces.get(textOf(data['namespace']) ?? '')?.mup;
    return mup === 'own' || mup === 'elsewhere';
  }

  /** The silo that a line is about. Ids are used again: whose container it was tells one from the next, where the line tells. */
  #roomOf(data: Readonly<Record<string, unknown>>): KnownNamespace | undefined {
    const known = this.namespaces.get(textOf(data['id']) ?? '');
    const container = textOf(data['container']);
    return container === undefined || known?.container === container ? known : undefined;
  }

  #applyVolume(sequence: number, what: string, device: string, data: Readonly<Record<string, unknown>>): void {
    const known = this.volumes.get(device);
    const home = NamespaceId.safeParse(data['namespace']).data ?? known?.home;
    const kind = VolumeKind.safeParse(data['kind']).data ?? known?.kind;
    if (home === undefined || kind === undefined) return;
    const verdict = toldVerdict(what, data);
    const steps = stepsOf(data['chain']);
    const chain = steps === undefined ? known?.chain : mergeChains(known?.chain, steps);
    // That it is mounted elsewhere has a line of its own; the others only say where it was.
    const tellsMounts = what === 'volume.appeared' || what === 'volume.mounted';
    const told = textsOf(data['mountPoints']);
    const lookedElsewhere = isLookElsewhere(steps) ? sequence : known?.lookedElsewhere;
    const uncPrefix = textOf(data['uncPrefix']) ?? known?.uncPrefix;
    const provider = textOf(data['provider']) ?? known?.provider;
    const program = textOf(data['program']) ?? known?.program;
    this.volumes.set(device, {
      device,
      kind,
      home,
      homeLabel: textOf(data['home']) ?? known?.homeLabel ?? '',
      ...(uncPrefix === undefined ? {} : { uncPrefix }),
      ...(provider === undefined ? {} : { provider }),
      ...(program === undefined ? {} : { program }),
      mountPoints: (tellsMounts ? told : known?.mountPoints) ?? known?.mountPoints ?? told ?? [],
      // A leak has a line of its own.
      verdict: verdict ?? known?.verdict ?? (data['verdict'] === 'private' ? 'private' : 'unknown'),
      proof: EvidenceRank.safeParse(data['proof']).data ?? (verdict === undefined ? known?.proof : undefined) ?? 'rule',
      since: verdict === undefined ? (known?.since ?? sequence) : sequence,
      ...(known?.tested === undefined ? {} : { tested: known.tested }),
      ...(chain === undefined ? {} : { chain }),
      ...(lookedElsewhere === undefined ? {} : { lookedElsewhere }),
    });
  }

  #applyTest(sequence: number, at: string, device: string, data: Readonly<Record<string, unknown>>): void {
    const volume = this.volumes.get(device);
    const groups = groupsOf(data['groups']);
    if (volume === undefined || groups === undefined) return;
    const steps = stepsOf(data['chain']);
    const isPartial = data['partial'] === true;
    // A test that says otherwise than the one before takes back what was opened and read back then.
    const isOver = !isPartial && contradicts(volume.tested?.groups ?? [], groups);
    const before = isOver ? volume.chain && seenInPassing(volume.chain) : volume.chain;
    const chain = steps === undefined ? before : mergeChains(before, steps);
    const tested = isPartial
      ? { ...(volume.tested ?? { sequence, at }), groups: withGroups(volume.tested?.groups ?? [], groups, at) }
      : { sequence, at, groups };
    this.volumes.set(device, {
      ...volume,
      tested,
      ...(chain === undefined ? {} : { chain }),
      ...(isLookElsewhere(steps) ? { lookedElsewhere: sequence } : {}),
    });
  }

  #applyArrival(sequence: number, label: string, data: Readonly<Record<string, unknown>>): void {
    const id = NamespaceId.safeParse(data['id']).data;
    if (id === undefined) return;
    const container = textOf(data['container']);
    const image = textOf(data['image']);
    const mup = KnownMup.safeParse(data['mup']).data;
    this.namespaces.set(id, {
      id,
      kind: kindOfNamespace(id),
      label,
      ...(container === undefined ? {} : { container }),
      ...(image === undefined ? {} : { image }),
      ...(mup === undefined ? {} : { mup }),
      arrived: sequence,
    });
  }

  #remember(event: string): void {
    this.#recent.add(event);
    if (this.#recent.size <= RECENT) return;
    for (const oldest of this.#recent) {
      this.#recent.delete(oldest);
      break;
    }
  }

  #forget(): void {
    this.volumes.clear();
    this.namespaces.clear();
    this.findings.clear();
    this.#recent.clear();
    this.host = undefined;
    this.fsd = undefined;
    this.engine = undefined;
    this.#gaps.clear();
  }
}

/** A leak and its end have lines of their own; every other change of a verdict is told with it. */
function toldVerdict(what: string, data: Readonly<Record<string, unknown>>): VolumeVerdict | undefined {
  if (what === 'volume.leaked') return 'leaked';
  if (what === 'volume.sealed') return 'private';
  return what === 'volume.judged' ? VolumeVerdict.safeParse(data['verdict']).data : undefined;
}

const isNothing = (told: unknown): boolean => told === undefined || (Array.isArray(told) && told.length === 0);

/** The chain that a line carries; undefined: none. */
export function stepsOf(value: unknown): EvidenceStep[] | undefined {
  return z.array(EvidenceStep).safeParse(value).data;
}

/** In the order of the schema, whoever wrote them: so can they be compared with what is known. */
function groupsOf(value: unknown): SightGroup[] | undefined {
  return z.array(SightGroup).safeParse(value).data;
}

function isLookElsewhere(steps: readonly EvidenceStep[] | undefined): boolean {
  return steps?.some(({ code }) => code === 'in-no-other-namespace') === true;
}

/** Whatever the order of what they hold. */
function isSame(one: KnownHost, other: KnownHost): boolean {
  const sorted = (_: string, value: unknown): unknown =>
    typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : value;
  return JSON.stringify(one, sorted) === JSON.stringify(other, sorted);
}

/** What makes an event of the engine one and the same, whoever heard it. */
function eventMark(what: string, data: Readonly<Record<string, unknown>>): string | undefined {
  const time = data['engineTime'];
  return typeof time === 'string' ? `${what} ${textOf(data['id']) ?? ''} ${time}` : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function textsOf(value: unknown): string[] | undefined {
  return Array.isArray(value) ? value.filter(one => typeof one === 'string') : undefined;
}

function sameMounts(known: readonly string[], told: unknown): boolean {
  const mounts = textsOf(told) ?? [];
  return mounts.length === known.length && mounts.every((mount, at) => mount === known[at]);
}
