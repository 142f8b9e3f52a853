import type { EvidenceStep, EvidenceStepCode } from './evidence.ts';
import { isOnlyExpected } from './expected-verdict.ts';
import type { InspectedVolume, Look, VolumeVerdict } from './inspection.ts';
import { type JournalMoment, type MomentInspection, momentInspection } from './journal-moment.ts';
import type { JournalStateData, KnownFinding, KnownHost } from './journal-state-data.ts';
import type { Namespace, NamespaceId } from './namespace.ts';
import { type Viewers, VisibilityRow } from './visibility-row.ts';

/** Which moment it was, and how far that can be relied on. */
export type MomentEnd = Pick<JournalMoment, 'at' | 'sequence' | 'entryAt' | 'watched'>;

/** How something was, and how it is then. */
export interface Change<T> {
  readonly before: T;
  readonly after: T;
}

/** What a cell says, without its names and times. */
export type CellSaid = Pick<Look, 'visible' | 'because'> & Pick<Look['evidence'], 'rank' | 'ground'>;

/** Namespaces that see a volume otherwise than before, all in the same way. */
export interface CellChange extends Change<CellSaid> {
  readonly namespaces: readonly NamespaceId[];
}

/** A volume as it is told where it came or went. */
export type VolumeBrief = Pick<
  InspectedVolume,
  'device' | 'kind' | 'home' | 'uncPrefix' | 'mountPoints' | 'verdict' | 'proof'
> & {
  /** Nobody had looked: a rule alone says so. */
  readonly expected: boolean;
};

/** A volume that was there at both moments and is otherwise. What is absent is the same. */
export interface VolumeChange {
  readonly device: string;
  readonly volume: VolumeBrief;
  readonly verdict?: Change<VolumeVerdict>;
  /** Whether the verdict was only expected. */
  readonly expected?: Change<boolean>;
  readonly mountPoints?: Change<readonly string[]>;
  /** Among namespaces that were there at both moments. */
  readonly cells: readonly CellChange[];
  /** Links of its chain of evidence, where both moments know it. */
  readonly steps: readonly ({ readonly code: EvidenceStepCode } & Change<EvidenceStep['holds']>)[];
}

/** What changed between two moments, as far as the journal knew either. */
export interface MomentDiff {
  readonly before: MomentEnd;
  readonly after: MomentEnd;
  /** What the host ran; only what both moments know, and that is otherwise. */
  readonly host?: Change<KnownHost>;
  readonly fsd?: Change<JournalStateData['fsd']>;
  readonly engine?: Change<JournalStateData['engine']>;
  readonly namespaces: {
    readonly came: readonly Namespace[];
    readonly went: readonly Namespace[];
    /** Their MUP was seen to be another. */
    readonly changed: readonly (Change<Namespace['mup']> & { readonly namespace: Namespace })[];
  };
  readonly volumes: {
    readonly came: readonly VolumeBrief[];
    readonly went: readonly VolumeBrief[];
    readonly changed: readonly VolumeChange[];
  };
  readonly findings: { readonly came: readonly KnownFinding[]; readonly went: readonly KnownFinding[] };
  /** What one of the two moments does not know because it was not recorded, so that it was not compared. */
  readonly notCompared: { readonly chains: number; readonly mups: number };
}

/** Compares two moments of a journal. Silos are told apart by their containers too: ids are used again. */
export function compareMoments(before: JournalMoment, after: JournalMoment): MomentDiff {
  const old = momentInspection(before);
  const now = momentInspection(after);
  const isSame = sameNamespaces(before, after);
  const oldIds = new Map(old.namespaces.map(one => [one.id, one]));
  const nowIds = new Map(now.namespaces.map(one => [one.id, one]));
  const oldVolumes = new Map(old.volumes.map(one => [one.device, one]));
  const nowDevices = new Set(now.volumes.map(({ device }) => device));
  const pairs = new PairedViewers(id => isSame(id));
  const changes = now.volumes.flatMap((volume): VolumeChange[] => {
    const was = oldVolumes.get(volume.device);
    return was === undefined ? [] : volumeChange(was, volume, pairs, old, now);
  });
  const oldFindings = new Set(before.findings.map(({ key }) => key));
  const nowFindings = new Set(after.findings.map(({ key }) => key));
  const isMupKnown = (id: NamespaceId): boolean => !old.unrecorded.mups.has(id) && !now.unrecorded.mups.has(id);
  const both = [...nowIds.values()].filter(({ id }) => isSame(id));
  return {
    before: endOf(before),
    after: endOf(after),
    ...hostChange(before.host, after.host),
    ...(sameFsd(before.fsd, after.fsd) ? {} : { fsd: { before: before.fsd, after: after.fsd } }),
    ...(before.engine === after.engine ? {} : { engine: { before: before.engine, after: after.engine } }),
    namespaces: {
      came: [...nowIds.values()].filter(({ id }) => !isSame(id)),
      went: [...oldIds.values()].filter(({ id }) => !isSame(id)),
      changed: both.flatMap(namespace => {
        const was = oldIds.get(namespace.id)?.mup;
        return !isMupKnown(namespace.id) || was === namespace.mup
          ? []
          : [{ namespace, before: was, after: namespace.mup }];
      }),
    },
    volumes: {
      came: now.volumes.filter(({ device }) => !oldVolumes.has(device)).map(briefOf),
      went: old.volumes.filter(({ device }) => !nowDevices.has(device)).map(briefOf),
      changed: changes,
    },
    findings: {
      came: after.findings.filter(({ key }) => !oldFindings.has(key)),
      went: before.findings.filter(({ key }) => !nowFindings.has(key)),
    },
    notCompared: {
      chains: now.volumes.filter(
        ({ device }) =>
          oldVolumes.has(device) && old.unrecorded.chains.has(device) !== now.unrecorded.chains.has(device),
      ).length,
      mups: both.filter(({ id }) => old.unrecorded.mups.has(id) !== now.unrecorded.mups.has(id)).length,
    },
  };
}

/** Whether nothing is known to be otherwise. */
export function isUnchanged({ host, fsd, engine, namespaces, volumes, findings }: MomentDiff): boolean {
  const lists = [...Object.values(namespaces), ...Object.values(volumes), ...Object.values(findings)];
  return host === undefined && fsd === undefined && engine === undefined && lists.every(list => list.length === 0);
}

function endOf({ at, sequence, entryAt, watched }: JournalMoment): MomentEnd {
  return { ...(at === undefined ? {} : { at }), sequence, ...(entryAt === undefined ? {} : { entryAt }), watched };
}

function hostChange(before: KnownHost = {}, after: KnownHost = {}): Pick<MomentDiff, 'host'> {
  const changed = (['windows', 'winfsp', 'engine'] as const).filter(
    part =>
      before[part] !== undefined &&
      after[part] !== undefined &&
      JSON.stringify(before[part]) !== JSON.stringify(after[part]),
  );
  const partsOf = (host: KnownHost): KnownHost => Object.fromEntries(changed.map(part => [part, host[part]]));
  return changed.length === 0 ? {} : { host: { before: partsOf(before), after: partsOf(after) } };
}

function sameFsd(one: JournalStateData['fsd'], other: JournalStateData['fsd']): boolean {
  return one?.state === other?.state && one?.service === other?.service;
}

/** The host, and whoever has the same id for the same container at both moments. */
function sameNamespaces(before: JournalMoment, after: JournalMoment): (id: NamespaceId) => boolean {
  const containers = ({ namespaces, volumes }: JournalMoment): Map<NamespaceId, string> =>
    new Map([
      ['host', ''],
      ...volumes.map(({ home }) => [home, ''] as const),
      ...namespaces.map(({ id, container = '' }) => [id, container] as const),
    ]);
  const old = containers(before);
  const now = containers(after);
  return id => old.has(id) && old.get(id) === now.get(id);
}

function volumeChange(
  was: InspectedVolume,
  is: InspectedVolume,
  pairs: PairedViewers,
  old: MomentInspection,
  now: MomentInspection,
): VolumeChange[] {
  const { device } = is;
  const isChainKnown = !old.unrecorded.chains.has(device) && !now.unrecorded.chains.has(device);
  const holds = new Map(was.chain.map(step => [step.code, step.holds]));
  const steps = is.chain.flatMap(({ code, holds: after }) => {
    const before = holds.get(code);
    return !isChainKnown || before === undefined || before === after ? [] : [{ code, before, after }];
  });
  const isMoved = was.mountPoints.join() !== is.mountPoints.join();
  const volume = briefOf(is);
  const wasExpected = isOnlyExpected(was);
  const change: VolumeChange = {
    device,
    volume,
    ...(wasExpected === volume.expected ? {} : { expected: { before: wasExpected, after: volume.expected } }),
    ...(was.verdict === is.verdict ? {} : { verdict: { before: was.verdict, after: is.verdict } }),
    ...(isMoved ? { mountPoints: { before: was.mountPoints, after: is.mountPoints } } : {}),
    cells: pairs.changes(was, is),
    steps,
  };
  const isOther =
    (change.verdict ?? change.expected) !== undefined || isMoved || change.cells.length + steps.length > 0;
  return isOther ? [change] : [];
}

function briefOf(volume: InspectedVolume): VolumeBrief {
  const { device, kind, home, uncPrefix, mountPoints, verdict, proof } = volume;
  const named = uncPrefix === undefined ? {} : { uncPrefix };
  return { device, kind, home, ...named, mountPoints, verdict, proof, expected: isOnlyExpected(volume) };
}

/** Who sees alike at the one moment and alike at the other: as few as there are kinds of viewers, whatever the matrix is. */
class PairedViewers {
  readonly #isSame: (id: NamespaceId) => boolean;
  #made: { readonly before: Viewers; readonly after: Viewers; readonly pairs: readonly Pair[] } | undefined;

  constructor(isSame: (id: NamespaceId) => boolean) {
    this.#isSame = isSame;
  }

  /** Cells that say something else, those together that changed alike. */
  changes({ visibility: was }: InspectedVolume, { visibility: is }: InspectedVolume): CellChange[] {
    if (!(was instanceof VisibilityRow) || !(is instanceof VisibilityRow)) return [];
    const apart = new Set([...was.exceptions.keys(), ...is.exceptions.keys()]);
    const found = new Map<string, CellChange & { readonly namespaces: NamespaceId[] }>();
    const add = (before: Look | undefined, after: Look | undefined, ids: readonly NamespaceId[]): void => {
      if (before === undefined || after === undefined || ids.length === 0) return;
      const said = { before: saidIn(before), after: saidIn(after) };
      if (keyOf(said.before) === keyOf(said.after)) return;
      const key = `${keyOf(said.before)} ${keyOf(said.after)}`;
      const change = found.get(key);
      if (change === undefined) found.set(key, { ...said, namespaces: [...ids] });
      else change.namespaces.push(...ids);
    };
    for (const { before, after, ids } of this.#pairs(was.viewers, is.viewers)) {
      const [one, other] = [was.looks[before], is.looks[after]];
      if (one === undefined || other === undefined || keyOf(saidIn(one)) === keyOf(saidIn(other))) continue;
      add(
        one,
        other,
        ids.filter(id => !apart.has(id)),
      );
    }
    for (const id of apart) if (this.#isSame(id)) add(was.of(id), is.of(id), [id]);
    return [...found.values()];
  }

  #pairs(before: Viewers, after: Viewers): readonly Pair[] {
    if (this.#made?.before === before && this.#made.after === after) return this.#made.pairs;
    const pairs = new Map<string, Pair & { readonly ids: NamespaceId[] }>();
    for (const id of after.ids) {
      const one = before.groupOf.get(id);
      const other = after.groupOf.get(id);
      if (one === undefined || other === undefined || !this.#isSame(id)) continue;
      const pair = pairs.get(`${one} ${other}`);
      if (pair === undefined) pairs.set(`${one} ${other}`, { before: one, after: other, ids: [id] });
      else pair.ids.push(id);
    }
    this.#made = { before, after, pairs: [...pairs.values()] };
    return this.#made.pairs;
  }
}

/** Indices of groups, and who is in both. */
interface Pair {
  readonly before: number;
  readonly after: number;
  readonly ids: readonly NamespaceId[];
}

function saidIn({ visible, because, evidence: { rank, ground } }: Look): CellSaid {
  return { visible, because, rank, ground };
}

function keyOf({ visible, because, rank, ground }: CellSaid): string {
  return `${visible}/${because}/${rank}/${ground}`;
}
