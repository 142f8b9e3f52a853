import { z } from 'zod';
import type { Evidence } from './evidence.ts';
import { InspectedVolume, Inspection, Visibility, type Way } from './inspection.ts';
import { type Namespace, NamespaceId } from './namespace.ts';

/** What neighbouring cells of one volume have in common. */
const Look = Visibility.omit({ namespace: true });
type Look = z.infer<typeof Look>;

const PackedVolume = InspectedVolume.omit({ visibility: true }).extend({
  looks: z.array(Look),
  /** In the order of the namespaces: which look, and for how many of them. */
  runs: z.array(z.tuple([z.int().nonnegative(), z.int().positive()])),
  /** Where the row does not follow the inspection's own namespaces. */
  namespaces: z.array(NamespaceId).optional(),
});
type PackedVolume = z.infer<typeof PackedVolume>;

const PackedInspection = Inspection.extend({ volumes: z.array(PackedVolume) });
type PackedInspection = z.infer<typeof PackedInspection>;

/**
 * An inspection as it travels. Its rows hardly differ from cell to cell, so they travel as runs: a million cells are
 * hundreds of megabytes, their runs are two. The far side lays a row out when it is first looked at.
 */
export const TravellingInspection = z.codec(PackedInspection, z.custom<Inspection>(), {
  encode: packInspection,
  decode: unpackInspection,
});

/** Nothing is lost: `unpackInspection` answers an equal inspection. */
export function packInspection(inspection: Inspection): PackedInspection {
  const ids = inspection.namespaces.map(({ id }) => id);
  return { ...inspection, volumes: inspection.volumes.map(volume => packVolume(volume, ids)) };
}

function packVolume({ visibility, ...volume }: InspectedVolume, ids: readonly NamespaceId[]): PackedVolume {
  const looks: Look[] = [];
  const runs: [number, number][] = [];
  let before: Visibility | undefined;
  for (const cell of visibility) {
    const run = runs.at(-1);
    if (before !== undefined && run !== undefined && isAlike(before, cell)) run[1] += 1;
    else {
      const { namespace: _, ...look } = cell;
      runs.push([looks.push(look) - 1, 1]);
    }
    before = cell;
  }
  const isRegular = visibility.length === ids.length && visibility.every((cell, at) => cell.namespace === ids[at]);
  return { ...volume, looks, runs, ...(isRegular ? {} : { namespaces: visibility.map(cell => cell.namespace) }) };
}

/** Mostly by identity, at no cost: the rule hands out the same arrays and the same evidence again and again. */
function isAlike(one: Visibility, other: Visibility): boolean {
  return (
    one.because === other.because &&
    one.visible === other.visible &&
    isSameEvidence(one.evidence, other.evidence) &&
    areSameWays(one.through, other.through) &&
    areSameWays(one.refuted ?? [], other.refuted ?? [])
  );
}

function areSameWays(some: readonly Way[], others: readonly Way[]): boolean {
  return (
    some === others ||
    (some.length === others.length &&
      some.every((way, at) => {
        const other = others[at];
        return (
          way === other ||
          (way.kind === other?.kind && way.path === other.path && isSameEvidence(way.evidence, other.evidence))
        );
      }))
  );
}

function isSameEvidence(one: Evidence, other: Evidence): boolean {
  return (
    one === other ||
    (one.rank === other.rank &&
      one.ground === other.ground &&
      one.at === other.at &&
      one.elapsedMs === other.elapsedMs &&
      one.detail === other.detail)
  );
}

export function unpackInspection(packed: PackedInspection): Inspection {
  const ids = packed.namespaces.map(({ id }: Namespace) => id);
  return { ...packed, volumes: packed.volumes.map(volume => unpackVolume(volume, ids)) };
}

function unpackVolume({ looks, runs, namespaces, ...volume }: PackedVolume, ids: readonly NamespaceId[]) {
  let row: Visibility[] | undefined;
  return {
    ...volume,
    get visibility(): Visibility[] {
      row ??= layOut(looks, runs, namespaces ?? ids);
      return row;
    },
  };
}

/** A run that leads beyond the looks or the namespaces says nothing of anybody. */
function layOut(looks: readonly Look[], runs: PackedVolume['runs'], ids: readonly NamespaceId[]): Visibility[] {
  const row: Visibility[] = [];
  let at = 0;
  for (const [index, length] of runs) {
    const look = looks[index];
    for (const namespace of ids.slice(at, at + length)) {
      if (look !== undefined) row.push({ namespace, ...look });
    }
    at += length;
  }
  return row;
}
