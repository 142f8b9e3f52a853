import { z } from 'zod';
import type { Evidence } from './evidence.ts';
import type { Cells, Visibility } from './inspection.ts';
import { JournalStateData, type KnownVolume, type SightGroup } from './journal-state.ts';
import { HOST_NAMESPACE, type Namespace, type NamespaceId } from './namespace.ts';
import { judgeVisibility, type World } from './visibility.ts';
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

/** A cell of the matrix as it was: no names lead anywhere any more, so only what was known is told. */
export type MomentCell = Pick<Visibility, 'visible' | 'because' | 'evidence'>;

/** Namespaces of a moment, the host first. */
export function momentNamespaces({ namespaces }: Pick<JournalMoment, 'namespaces'>): readonly Namespace[] {
  const others = namespaces.filter(({ id }) => id !== HOST_NAMESPACE);
  return [
    { id: HOST_NAMESPACE, kind: 'host', label: 'host' },
    ...others.map(({ id, kind, label }): Namespace => ({ id, kind, label })),
  ];
}

const worlds = new WeakMap<object, World>();

/** The cell of a volume and a namespace: by the last test that had spoken of it, else by the rule. */
export function momentCell(moment: JournalMoment, volume: KnownVolume, namespace: Namespace): MomentCell {
  const group = testedGroup(moment, volume, namespace.id);
  if (group !== undefined && volume.tested !== undefined) {
    const evidence: Evidence = { rank: group.rank, ground: group.ground, at: volume.tested.at };
    return { visible: group.visible, because: group.because, evidence };
  }
  let world = worlds.get(moment);
  if (world === undefined) {
    world = { volumes: moment.volumes.map(asVolume), namespaces: momentNamespaces(moment) };
    worlds.set(moment, world);
  }
  const { visible, because, evidence } = judgeVisibility(asVolume(volume), namespace, world);
  return { visible, because, evidence };
}

/** What the last test said of a namespace; one that came later was in no group. */
function testedGroup(moment: JournalMoment, volume: KnownVolume, id: NamespaceId): SightGroup | undefined {
  const { tested } = volume;
  if (tested === undefined) return undefined;
  const named = tested.groups.find(({ namespaces }) => namespaces !== 'rest' && namespaces.includes(id));
  if (named !== undefined) return named;
  const arrived = id === HOST_NAMESPACE ? 0 : moment.namespaces.find(known => known.id === id)?.arrived;
  if (arrived === undefined || arrived > tested.sequence) return undefined;
  return tested.groups.find(({ namespaces }) => namespaces === 'rest');
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
