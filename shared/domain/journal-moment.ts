import { z } from 'zod';
import { EVIDENCE_RANKS, type Evidence } from './evidence.ts';
import type { Cells, Inspection, Visibility } from './inspection.ts';
import { JournalStateData, type KnownVolume, type SightGroup } from './journal-state.ts';
import { HOST_NAMESPACE, type Namespace, type NamespaceId } from './namespace.ts';
import { claimsOf, rowByRule, type World } from './visibility.ts';
import { type VisibilityRow, viewersOf } from './visibility-row.ts';
import type { Volume } from './volume.ts';

/** What was there at a moment, as far as the journal knew then. */
export const JournalMoment = JournalStateData.omit({ recent: true, watchers: true }).extend({
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
export type MomentInspection = Pick<Inspection, 'namespaces' | 'volumes'>;

const inspections = new WeakMap<JournalMoment, MomentInspection>();

/** The matrix as it was then known: by the last test that had spoken of a cell, else by the rule. A row is made when it is looked at. */
export function momentInspection(moment: JournalMoment): MomentInspection {
  const known = inspections.get(moment);
  if (known !== undefined) return known;
  const namespaces = namespacesOf(moment);
  const arrived = new Map(moment.namespaces.map(({ id, arrived: line }) => [id, line]));
  const world: World = { volumes: moment.volumes.map(asVolume), namespaces };
  const viewers = viewersOf(namespaces);
  const made: MomentInspection = {
    namespaces,
    volumes: moment.volumes.map(volume => {
      let row: Cells | undefined;
      const proof: Evidence = {
        rank: volume.proof,
        ground: EVIDENCE_RANKS.indexOf(volume.proof) > EVIDENCE_RANKS.indexOf('rule') ? 'observed' : 'inferred',
        ...(volume.tested === undefined ? {} : { at: volume.tested.at }),
      };
      return {
        ...asVolume(volume),
        verdict: volume.verdict,
        proof,
        chain: [],
        findings: [],
        get visibility(): Cells {
          row ??= rowOf(volume, rowByRule(asVolume(volume), viewers, claimsOf(world)), arrived);
          return row;
        },
      };
    }),
  };
  inspections.set(moment, made);
  return made;
}

/** Namespaces of a moment, the host first. One whose arrival nobody noted has at least the name that its volumes gave it. */
function namespacesOf({ namespaces, volumes }: JournalMoment): Namespace[] {
  const known = new Map<NamespaceId, Namespace>([
    [HOST_NAMESPACE, { id: HOST_NAMESPACE, kind: 'host', label: 'host' }],
  ]);
  for (const { id, kind, label } of namespaces) if (id !== HOST_NAMESPACE) known.set(id, { id, kind, label });
  for (const { home, homeLabel } of volumes) {
    if (!known.has(home)) known.set(home, { id: home, kind: home.startsWith('vm:') ? 'vm' : 'silo', label: homeLabel });
  }
  return [...known.values()];
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
    const { visible, because, rank, ground } = group;
    const evidence: Evidence = { rank, ground, at: tested.at };
    return [
      { namespace: id, visible, because, evidence, through: visible === 'yes' ? (byRule.of(id)?.through ?? []) : [] },
    ];
  });
  return byRule.with(cells);
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

/** Cells of one volume as groups of equal ones; the largest is the rest, so that a thousand namespaces are one word. */
export function groupCells(cells: Cells, isTold: (cell: Visibility) => boolean): SightGroup[] {
  const groups = new Map<string, { readonly cell: Visibility; readonly ids: NamespaceId[] }>();
  for (const cell of cells) {
    if (!isTold(cell)) continue;
    const { visible, because, evidence } = cell;
    const key = `${visible} ${because} ${evidence.rank} ${evidence.ground}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { cell, ids: [cell.namespace] });
    else group.ids.push(cell.namespace);
  }
  const told = [...groups.values()].reduce((sum, { ids }) => sum + ids.length, 0);
  const largest = Math.max(0, ...[...groups.values()].map(({ ids }) => ids.length));
  let restTaken = told < cells.length || largest < 4;
  return [...groups.values()].map(({ cell, ids }) => {
    const isRest = !restTaken && ids.length === largest;
    restTaken ||= isRest;
    const { visible, because, evidence } = cell;
    return { visible, because, rank: evidence.rank, ground: evidence.ground, namespaces: isRest ? 'rest' : ids };
  });
}
