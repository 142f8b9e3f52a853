import { z } from 'zod';
import { EvidenceRank, Ground } from './evidence.ts';
import { Because, FindingCode, Severity, VolumeVerdict } from './inspection.ts';
import type { JournalEntry, JournalNote } from './journal.ts';
import { NamespaceId } from './namespace.ts';
import { FsdState } from './readiness.ts';
import { VolumeKind } from './volume.ts';

/** Namespaces for which a test of a volume said the same. `rest`: all that were there then and are in no other group. */
export const SightGroup = z.object({
  visible: z.enum(['yes', 'no', 'unknown']),
  rank: EvidenceRank,
  ground: Ground,
  because: Because,
  namespaces: z.union([z.array(NamespaceId), z.literal('rest')]),
});
export type SightGroup = z.infer<typeof SightGroup>;

/** A volume as the journal knew it. */
export const KnownVolume = z.object({
  device: z.string(),
  kind: VolumeKind,
  home: NamespaceId,
  /** The home's name, should the namespace be gone. */
  homeLabel: z.string(),
  uncPrefix: z.string().optional(),
  provider: z.string().optional(),
  mountPoints: z.array(z.string()),
  program: z.string().optional(),
  verdict: VolumeVerdict,
  /** How well the verdict was founded when it was told. */
  proof: EvidenceRank,
  /** The line that told of the verdict. */
  since: z.int(),
  /** What the last test found, cell by cell, and the line that told it. */
  tested: z.object({ sequence: z.int(), at: z.string(), groups: z.array(SightGroup) }).optional(),
});
export type KnownVolume = z.infer<typeof KnownVolume>;

export const KnownNamespace = z.object({
  id: NamespaceId,
  kind: z.enum(['host', 'silo', 'vm']),
  label: z.string(),
  /** Docker's id. */
  container: z.string().optional(),
  /** The line that told of its arrival. */
  arrived: z.int(),
});
export type KnownNamespace = z.infer<typeof KnownNamespace>;

export const KnownFinding = z.object({
  key: z.string(),
  code: FindingCode,
  severity: Severity,
  summary: z.string(),
  since: z.int(),
});
export type KnownFinding = z.infer<typeof KnownFinding>;

/** All that the lines of a journal say of what is there. What nobody noted is not in it. */
export const JournalStateData = z.object({
  fsd: z.object({ state: FsdState, service: z.string() }).optional(),
  engine: z.enum(['connected', 'lost', 'unreachable']).optional(),
  volumes: z.array(KnownVolume),
  namespaces: z.array(KnownNamespace),
  findings: z.array(KnownFinding),
  /** Processes that watch, by their mark: between two watches nobody knows what happened. */
  watchers: z.array(z.string()),
  /** Events of the engine that were told already, newest last. */
  recent: z.array(z.string()),
});
export type JournalStateData = z.infer<typeof JournalStateData>;

/** So many events of the engine are remembered, so that two processes that hear one event write one line. */
const RECENT = 256;

const FSD_STATES: Readonly<Record<string, FsdState>> = {
  'fsd.uninstalled': 'not-installed',
  'fsd.stopped': 'stopped',
  'fsd.awaited': 'starting',
  'fsd.started': 'running',
  'fsd.unloaded': 'stopping',
};

/** The state of a journal, line by line. */
export class JournalState {
  fsd: JournalStateData['fsd'];
  engine: JournalStateData['engine'];
  readonly volumes = new Map<string, KnownVolume>();
  readonly namespaces = new Map<string, KnownNamespace>();
  readonly findings = new Map<string, KnownFinding>();
  readonly watchers = new Set<string>();
  readonly #recent = new Set<string>();

  static from(data: JournalStateData): JournalState {
    const state = new JournalState();
    state.fsd = data.fsd;
    state.engine = data.engine;
    for (const volume of data.volumes) state.volumes.set(volume.device, volume);
    for (const namespace of data.namespaces) state.namespaces.set(namespace.id, namespace);
    for (const finding of data.findings) state.findings.set(finding.key, finding);
    for (const watcher of data.watchers) state.watchers.add(watcher);
    for (const event of data.recent) state.#recent.add(event);
    return state;
  }

  /** How much there is to keep: so often is a checkpoint worth its room. */
  get size(): number {
    return this.volumes.size + this.namespaces.size + this.findings.size;
  }

  data(): JournalStateData {
    return {
      ...(this.fsd === undefined ? {} : { fsd: this.fsd }),
      ...(this.engine === undefined ? {} : { engine: this.engine }),
      volumes: [...this.volumes.values()],
      namespaces: [...this.namespaces.values()],
      findings: [...this.findings.values()],
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
    const volume = this.volumes.get(subject);
    switch (what) {
      case 'volume.appeared':
        return volume !== undefined && sameMounts(volume.mountPoints, data['mountPoints']);
      case 'volume.mounted':
        return volume !== undefined && sameMounts(volume.mountPoints, data['mountPoints']);
      case 'volume.leaked':
        return volume?.verdict === 'leaked' && volume.proof === (EvidenceRank.safeParse(data['proof']).data ?? 'rule');
      case 'volume.sealed':
        return volume?.verdict === 'private';
      case 'volume.tested':
        return volume?.tested !== undefined && JSON.stringify(volume.tested.groups) === JSON.stringify(data['groups']);
      case 'volume.gone':
        return volume === undefined;
      case 'silo.arrived':
      case 'vm.arrived': {
        const known = this.namespaces.get(textOf(data['id']) ?? '');
        return known !== undefined && known.container === textOf(data['container']);
      }
      case 'silo.departed':
      case 'vm.departed':
        return !this.namespaces.has(textOf(data['id']) ?? '');
      case 'finding.opened':
        return this.findings.has(textOf(data['key']) ?? '');
      case 'finding.closed':
        return !this.findings.has(textOf(data['key']) ?? '');
      case 'engine.connected':
      case 'engine.lost':
      case 'engine.unreachable':
        return this.engine === what.slice('engine.'.length);
      default:
        // `fsd.unloaded` by a person is an order, and the state beside it is `stopping`.
        return what.startsWith('fsd.') && !('lost' in data) && this.fsd?.state === FSD_STATES[what];
    }
  }

  /** Takes one line in. Total: a line that makes no sense changes nothing. */
  apply({ sequence, at, what, subject, data = {} }: JournalEntry): void {
    const event = eventMark(what, data);
    if (event !== undefined) this.#remember(event);
    switch (what) {
      case 'volume.appeared':
      case 'volume.leaked':
      case 'volume.sealed':
      case 'volume.mounted':
        this.#applyVolume(sequence, what, subject, data);
        break;
      case 'volume.tested': {
        const volume = this.volumes.get(subject);
        const groups = z.array(SightGroup).safeParse(data['groups']).data;
        if (volume !== undefined && groups !== undefined) {
          this.volumes.set(subject, { ...volume, tested: { sequence, at, groups } });
        }
        break;
      }
      case 'volume.gone':
        this.volumes.delete(subject);
        break;
      case 'silo.arrived':
      case 'vm.arrived':
        this.#applyArrival(sequence, subject, data);
        break;
      case 'silo.departed':
      case 'vm.departed':
        this.namespaces.delete(textOf(data['id']) ?? '');
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
        break;
      case 'watch.ended':
      case 'watch.lost':
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

  #applyVolume(sequence: number, what: string, device: string, data: Readonly<Record<string, unknown>>): void {
    const known = this.volumes.get(device);
    const home = NamespaceId.safeParse(data['namespace']).data ?? known?.home;
    const kind = VolumeKind.safeParse(data['kind']).data ?? known?.kind;
    if (home === undefined || kind === undefined) return;
    const verdict = what === 'volume.leaked' ? 'leaked' : what === 'volume.sealed' ? 'private' : undefined;
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
      mountPoints: textsOf(data['mountPoints']) ?? known?.mountPoints ?? [],
      // A leak has a line of its own.
      verdict: verdict ?? known?.verdict ?? (data['verdict'] === 'private' ? 'private' : 'unknown'),
      proof: EvidenceRank.safeParse(data['proof']).data ?? (verdict === undefined ? known?.proof : undefined) ?? 'rule',
      since: verdict === undefined ? (known?.since ?? sequence) : sequence,
      ...(known?.tested === undefined ? {} : { tested: known.tested }),
    });
  }

  #applyArrival(sequence: number, label: string, data: Readonly<Record<string, unknown>>): void {
    const id = NamespaceId.safeParse(data['id']).data;
    if (id === undefined) return;
    const container = textOf(data['container']);
    this.namespaces.set(id, {
      id,
      kind: id.startsWith('vm:') ? 'vm' : id === 'host' ? 'host' : 'silo',
      label,
      ...(container === undefined ? {} : { container }),
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
    this.fsd = undefined;
    this.engine = undefined;
  }
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
