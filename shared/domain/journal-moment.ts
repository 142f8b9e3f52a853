import { z } from 'zod';
import { EVIDENCE_RANKS, type Evidence, type EvidenceStep, type EvidenceStepCode } from './evidence.ts';
import type { Cells, InspectedVolume, Visibility, Way } from './inspection.ts';
import { JournalStateData, type KnownVolume, type SightGroup } from './journal-state-data.ts';
import { wholeChain } from './known-chain.ts';
import { HOST_NAMESPACE, type Namespace, type NamespaceId } from './namespace.ts';
import { isVirtualMachine, kindOfNamespace } from './namespace-kind.ts';
import { shadowedServers } from './shadowed-servers.ts';
import { claimsOf, proofOf, rowByRule, verdictOf, type World } from './visibility.ts';
import { type VisibilityRow, viewersOf } from './visibility-row.ts';
import type { Volume } from './volume.ts';

/** What was there at a moment, as far as the journal knew then. */
export const JournalMoment = JournalStateData.omit({ recent: true, watchers: true, gapsOf: true }).extend({
  /** The moment that was asked for, or that of its last line. ISO 8601 UTC; absent before the first line. */
  at: z.string().optional(),
  /** The last line that had been written; 0 before the first that is kept. */
  sequence: z.int().nonnegative(),
  /** When that line was written. */
  entryAt: z.string().optional(),
  /** Whether anybody watched then. If not, things may have changed unseen since the last line. */
  watched: z.boolean(),
  first: z.int().nonnegative(),
  last: z.int().nonnegative(),
});
export type JournalMoment = z.infer<typeof JournalMoment>;

/** What of an inspection can be told of a moment that is past. */
export interface MomentInspection {
  readonly namespaces: Namespace[];
  readonly volumes: InspectedVolume[];
  readonly unrecorded: Unrecorded;
}

/** What an older Siloscope did not write down; that it is missing says nothing of what there was. */
export interface Unrecorded {
  /** Devices of volumes without any step of their chain of evidence: theirs is empty. */
  readonly chains: ReadonlySet<string>;
  /** Silos of whose MUP nothing was written: the rule takes it for the host's, as it is documented. */
  readonly mups: ReadonlySet<NamespaceId>;
  /** What could not be listed then. */
  readonly gaps: boolean;
}

const inspections = new WeakMap<JournalMoment, MomentInspection>();

/** The matrix as it was then known: by the last test that had spoken of a cell, else by the rule. A row is made when it is looked at. */
export function momentInspection(moment: JournalMoment): MomentInspection {
  const known = inspections.get(moment);
  if (known !== undefined) return known;
  const namespaces = namespacesOf(moment);
  const arrived = new Map(moment.namespaces.map(({ id, arrived: line }) => [id, line]));
  const world: World = {
    volumes: moment.volumes.map(asVolume),
    namespaces,
    servers: shadowedServers(moment.findings.map(({ code, key }) => ({ code, id: key }))),
  };
  const viewers = viewersOf(namespaces);
  const codes = new Map<string, Set<InspectedVolume['findings'][number]>>();
  for (const { code, volumes = [] } of moment.findings) {
    for (const device of volumes) codes.set(device, (codes.get(device) ?? new Set()).add(code));
  }
  const made: MomentInspection = {
    namespaces,
    volumes: moment.volumes.map(volume => {
      let row: VisibilityRow | undefined;
      const rowNow = (): VisibilityRow => {
        if (row === undefined) {
          const byRule = rowByRule(asVolume(volume), viewers, claimsOf(world));
          row = rowOf(volume, byRule.with(seenInPassing(volume, byRule, arrived)), arrived);
        }
        return row;
      };
      return {
        ...asVolume(volume),
        verdict: volume.verdict,
        get proof(): Evidence {
          return proofIn(volume, rowNow());
        },
        chain: volume.chain === undefined ? [] : wholeChain(volume, volume.chain),
        findings: [...(codes.get(volume.device) ?? [])],
        get visibility(): Cells {
          return rowNow();
        },
      };
    }),
    unrecorded: {
      chains: new Set(moment.volumes.flatMap(({ device, chain }) => (chain === undefined ? [device] : []))),
      mups: new Set(unrecordedMups(moment)),
      gaps: moment.gaps === undefined && moment.sequence > 0,
    },
  };
  inspections.set(moment, made);
  return made;
}

/** Homes whose arrival nobody noted are among them. */
function unrecordedMups({ namespaces, volumes }: JournalMoment): NamespaceId[] {
  const recorded = new Set(namespaces.flatMap(({ id, mup }) => (mup === undefined ? [] : [id])));
  const silos = [...namespaces.map(({ id }) => id), ...volumes.map(({ home }) => home)];
  return silos.filter(id => id.startsWith('silo:') && !recorded.has(id));
}

/** By the cells, as long as they come to the verdict that was told; a test of before is of the volume as it was then. */
function proofIn({ home, verdict, proof, tested }: KnownVolume, row: VisibilityRow): Evidence {
  if (verdictOf(home, row) === verdict) return proofOf(home, row);
  const isObserved = EVIDENCE_RANKS.indexOf(proof) > EVIDENCE_RANKS.indexOf('rule');
  return {
    rank: proof,
    ground: isObserved ? 'observed' : 'inferred',
    ...(tested === undefined || !isObserved ? {} : { at: tested.at }),
  };
}

/** Namespaces of a moment, the host first. One whose arrival nobody noted has at least the name that its volumes gave it. */
function namespacesOf({ namespaces, volumes }: JournalMoment): Namespace[] {
  const known = new Map<NamespaceId, Namespace>([
    [HOST_NAMESPACE, { id: HOST_NAMESPACE, kind: 'host', label: 'host' }],
  ]);
  for (const { id, kind, label, mup } of namespaces) {
    if (id === HOST_NAMESPACE) continue;
    known.set(id, { id, kind, label, ...siloOf(id), ...(mup === undefined || mup === 'not-read' ? {} : { mup }) });
  }
  for (const { home, homeLabel } of volumes) {
    if (known.has(home)) continue;
    known.set(home, { id: home, kind: kindOfNamespace(home), label: homeLabel, ...siloOf(home) });
  }
  return [...known.values()];
}

/** A silo's id is in its namespace's. */
function siloOf(id: NamespaceId): Pick<Namespace, 'siloId'> {
  const siloId = Number(/^silo:(\d+)$/.exec(id)?.[1] ?? 0);
  return siloId > 0 ? { siloId } : {};
}

/** What the links of its chain say of cells without anything being opened: that it is at home, and that a disk volume is nowhere else. */
function seenInPassing(
  { home, chain = [], kind, lookedElsewhere = 0 }: KnownVolume,
  byRule: VisibilityRow,
  arrived: ReadonlyMap<NamespaceId, number>,
): Visibility[] {
  const step = (...codes: readonly EvidenceStepCode[]): EvidenceStep | undefined =>
    codes.flatMap(code => chain.find(one => one.code === code && one.holds !== 'not-tested') ?? [])[0];
  const evidenceOf = ({ evidence: { rank, at } }: EvidenceStep): Evidence => ({
    rank,
    ground: 'observed',
    ...(at === undefined ? {} : { at }),
  });
  // The first two have read its object; the third has its home's own list.
  const atHome = step('device-is-private', 'provider-carries-guid', 'listed-in-silo-only');
  const own = byRule.of(home);
  const seen = atHome === undefined || own === undefined ? [] : [{ ...own, evidence: evidenceOf(atHome) }];
  const elsewhere = step('in-no-other-namespace');
  if (kind !== 'disk' || elsewhere?.holds !== 'yes') return seen;
  // Who came after that look was not looked into; where not all could be looked into, nobody knows which.
  const others = byRule.viewers.ids.filter(
    id =>
      id !== home &&
      !isVirtualMachine(id) &&
      (id === HOST_NAMESPACE || (arrived.get(id) ?? Number.POSITIVE_INFINITY) <= lookedElsewhere),
  );
  if ((elsewhere.others ?? 0) < others.length) return seen;
  const evidence = evidenceOf(elsewhere);
  const nowhere = others.flatMap((id): Visibility[] => {
    const cell = byRule.of(id);
    return cell?.visible === 'no' ? [{ ...cell, evidence }] : [];
  });
  return [...seen, ...nowhere];
}

/** What the last test said, cell by cell, in the place of the rule. A namespace that came later was in no group. */
function rowOf(
  { tested }: KnownVolume,
  byRule: VisibilityRow,
  arrived: ReadonlyMap<NamespaceId, number>,
): VisibilityRow {
  if (tested === undefined) return byRule;
  const named = new Map<NamespaceId, SightGroup>();
  for (const group of tested.groups) {
    if (group.namespaces !== 'rest') for (const id of group.namespaces) named.set(id, group);
  }
  const rest = tested.groups.find(({ namespaces }) => namespaces === 'rest');
  const cells = byRule.viewers.ids.flatMap((id): Visibility[] => {
    const wasThere = id === HOST_NAMESPACE || (arrived.get(id) ?? Number.POSITIVE_INFINITY) <= tested.sequence;
    const group = named.get(id) ?? (wasThere ? rest : undefined);
    if (group === undefined) return [];
    const { visible, because, rank, ground, at = tested.at } = group;
    // Where no more than the rule is known, names were tried that do not decide it: they have their own time.
    const evidence: Evidence = { rank, ground, ...(rank === 'rule' && visible !== 'unknown' ? {} : { at }) };
    const ways = byRule.of(id)?.through ?? [];
    return [{ namespace: id, visible, because, evidence, ...namesIn(group, visible === 'yes' ? ways : [], at) }];
  });
  return byRule.with(cells);
}

/** The names by which it was reached then: those that somebody tried, and those that the rule tells besides. */
function namesIn(
  { through = [], refuted = [] }: SightGroup,
  byRule: readonly Way[],
  at: string,
): Pick<Visibility, 'through' | 'refuted'> {
  const asWay = ({ kind, path, rank }: (typeof through)[number]): Way => ({
    kind,
    path,
    evidence: { rank, ground: 'observed', at },
  });
  const tried = new Set([...through, ...refuted].map(({ path }) => path));
  return {
    through: [...through.map(asWay), ...byRule.filter(({ path }) => !tried.has(path))],
    ...(refuted.length === 0 ? {} : { refuted: refuted.map(asWay) }),
  };
}

function asVolume({ device, kind, home, uncPrefix, provider, mountPoints, program }: KnownVolume): Volume {
  return {
    device,
    kind,
    home,
    mountPoints,
    ...(uncPrefix === undefined ? {} : { uncPrefix }),
    ...(provider === undefined ? {} : { provider }),
    ...(program === undefined ? {} : { fileSystem: { program } }),
  };
}
