import { z } from 'zod';
import { type Cells, InspectedVolume, Inspection, Look, Visibility } from './inspection.ts';
import type { NamespaceId } from './namespace.ts';
import { type Viewers, VisibilityRow, viewersOf } from './visibility-row.ts';

/** A row as it travels: its looks, which of them each group of viewers has, and which each exception has. */
const PackedRow = z.object({
  looks: z.array(Look),
  groups: z.array(z.int().nonnegative()),
  /** The place of a namespace in the inspection, and its look. */
  exceptions: z.array(z.tuple([z.int().nonnegative(), z.int().nonnegative()])),
});
type PackedRow = z.infer<typeof PackedRow>;

const PackedVolume = InspectedVolume.omit({ visibility: true }).extend({
  row: PackedRow.optional(),
  /** Of a row that is none of this inspection's own: every cell. */
  cells: z.array(Visibility).optional(),
});
type PackedVolume = z.infer<typeof PackedVolume>;

const PackedInspection = Inspection.extend({
  /** What tells groups of viewers apart, in the order of the namespaces: an index into `traits`. */
  viewers: z.array(z.int().nonnegative()).optional(),
  traits: z.array(z.string()).optional(),
  volumes: z.array(PackedVolume),
});
type PackedInspection = z.infer<typeof PackedInspection>;

/**
 * An inspection as it travels: as long as its volumes, namespaces and exceptions, not as its cells. Nothing is laid out on
 * the far side either; a cell is made when somebody looks at it.
 */
export const TravellingInspection = z.codec(PackedInspection, z.custom<Inspection>(), {
  encode: packInspection,
  decode: unpackInspection,
});

/** Nothing is lost: `unpackInspection` answers an equal inspection. */
export function packInspection(inspection: Inspection): PackedInspection {
  const { namespaces, volumes } = inspection;
  const rows = volumes.flatMap(({ visibility }) => (visibility instanceof VisibilityRow ? [visibility] : []));
  const viewers = rows[0]?.viewers;
  const isOwn = viewers?.ids.length === namespaces.length && namespaces.every(({ id }, at) => viewers.ids[at] === id);
  if (viewers === undefined || !isOwn) return { ...inspection, volumes: volumes.map(packCells) };
  const places = new Map(namespaces.map(({ id }, at) => [id, at]));
  const traits = [...new Set(viewers.groups.map(({ trait }) => trait))];
  return {
    ...inspection,
    viewers: viewers.ids.map(id => traits.indexOf(viewers.groups[viewers.groupOf.get(id) ?? 0]?.trait ?? '')),
    traits,
    volumes: volumes.map(volume => {
      const { visibility, ...rest } = volume;
      const isRow = visibility instanceof VisibilityRow && visibility.viewers === viewers;
      return isRow ? { ...rest, row: packRow(visibility, places) } : packCells(volume);
    }),
  };
}

function packCells({ visibility, ...volume }: InspectedVolume): PackedVolume {
  return { ...volume, cells: [...visibility] };
}

function packRow(row: VisibilityRow, places: ReadonlyMap<NamespaceId, number>): PackedRow {
  const index = new Map<Look, number>();
  const indexOf = (look: Look): number => {
    const known = index.get(look) ?? index.size;
    index.set(look, known);
    return known;
  };
  const groups = row.looks.map(indexOf);
  const exceptions = [...row.exceptions].map(([id, look]): [number, number] => [places.get(id) ?? 0, indexOf(look)]);
  return { looks: [...index.keys()], groups, exceptions };
}

export function unpackInspection({ viewers: kinds = [], traits = [], ...packed }: PackedInspection): Inspection {
  const { namespaces } = packed;
  const trait = new Map(namespaces.map(({ id }, at) => [id, traits[kinds[at] ?? 0] ?? '']));
  const viewers = viewersOf(namespaces, id => trait.get(id) ?? '');
  return { ...packed, volumes: packed.volumes.map(volume => unpackVolume(volume, viewers)) };
}

/** What leads beyond the looks or the namespaces says nothing of anybody. */
function unpackVolume({ row, cells = [], ...volume }: PackedVolume, viewers: Viewers): InspectedVolume {
  const visibility: Cells = row === undefined ? cells : unpackRow(row, viewers);
  return { ...volume, visibility };
}

function unpackRow({ looks, groups, exceptions }: PackedRow, viewers: Viewers): Cells {
  const apart = exceptions.flatMap(([at, index]) => {
    const id = viewers.ids[at];
    const look = looks[index];
    return id === undefined || look === undefined ? [] : [[id, look] as const];
  });
  const byGroup = groups.flatMap(index => looks[index] ?? []);
  const isWhole = byGroup.length === viewers.groups.length;
  return new VisibilityRow(viewers, isWhole ? byGroup : [], new Map(apart));
}
