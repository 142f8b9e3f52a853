import type { IsolationCell, IsolationTable } from './isolation-test.ts';

/** A cell that came out, or was answered, differently in two runs. */
export interface IsolationChange {
  readonly before: IsolationCell;
  readonly after: IsolationCell;
  /** `outcome`: reached or not. `answer`: the same outcome, by another answer of Windows. */
  readonly what: 'outcome' | 'answer';
}

/** What surrounds a test: an outcome may differ on that account. */
export type IsolationAround = 'windows' | 'winfsp' | 'image';

/** Two runs beside each other. */
export interface IsolationComparison {
  /** What is not the same around them. */
  readonly differing: readonly IsolationAround[];
  readonly changes: readonly IsolationChange[];
  /** Tried in one of them only. */
  readonly untried: number;
}

/** Compares two runs. Undefined: one is of a simulation and the other is not, or they are of two simulations. */
export function compareIsolation(before: IsolationTable, after: IsolationTable): IsolationComparison | undefined {
  if (before.simulated !== after.simulated || before.scenario !== after.scenario) return undefined;
  const old = new Map(before.cells.map(cell => [keyOf(cell), cell]));
  const both = after.cells.flatMap(cell => {
    const was = old.get(keyOf(cell));
    return was === undefined ? [] : [{ before: was, after: cell }];
  });
  const was = aroundOf(before);
  const is = aroundOf(after);
  return {
    differing: (['windows', 'winfsp', 'image'] as const).filter(one => was[one] !== is[one]),
    changes: both.flatMap((pair): IsolationChange[] => {
      if (pair.before.outcome === 'not-tried' || pair.after.outcome === 'not-tried') return [];
      if (pair.before.outcome !== pair.after.outcome) return [{ ...pair, what: 'outcome' }];
      return comparableAnswer(pair.before.detail) === comparableAnswer(pair.after.detail)
        ? []
        : [{ ...pair, what: 'answer' }];
    }),
    untried: both.filter(pair => (pair.before.outcome === 'not-tried') !== (pair.after.outcome === 'not-tried')).length,
  };
}

/** The last run on one Windows build, with one WinFsp and one image. */
export interface IsolationPlace {
  readonly table: IsolationTable;
  /** So many runs were kept of it. */
  readonly runs: number;
}

/** One try, as it came out in each place; undefined: it was not tried there. */
export interface IsolationRow {
  readonly cell: IsolationCell;
  readonly outcomes: readonly (Exclude<IsolationCell['outcome'], 'not-tried'> | undefined)[];
}

/** Places beside each other, in the order in which they were last tested. */
export interface IsolationGrid {
  readonly places: readonly IsolationPlace[];
  /** Tries that came out differently somewhere. */
  readonly differing: readonly IsolationRow[];
  /** So many were made in two places or more, and came out the same. */
  readonly same: number;
}

/** What was found in each place: Windows build x WinFsp version x image. Simulations count as places of their own. */
export function isolationGrid(tables: readonly IsolationTable[]): IsolationGrid {
  const byPlace = new Map<string, IsolationPlace>();
  for (const table of tables) {
    const key = placeKey(table);
    const runs = (byPlace.get(key)?.runs ?? 0) + 1;
    byPlace.delete(key);
    byPlace.set(key, { table, runs });
  }
  const places = [...byPlace.values()];
  const rows = new Map<
    string,
    { readonly cell: IsolationCell; readonly outcomes: IsolationRow['outcomes'][number][] }
  >();
  for (const [at, { table }] of places.entries()) {
    for (const cell of table.cells) {
      if (cell.outcome === 'not-tried') continue;
      const row = rows.get(keyOf(cell)) ?? { cell, outcomes: places.map(() => undefined) };
      row.outcomes[at] = cell.outcome;
      rows.set(keyOf(cell), row);
    }
  }
  const known = [...rows.values()].map(row => ({ row, found: row.outcomes.filter(one => one !== undefined) }));
  const several = known.filter(({ found }) => found.length > 1);
  const differing = several.filter(({ found }) => new Set(found).size > 1).map(({ row }) => row);
  return { places, differing, same: several.length - differing.length };
}

/**
 * An answer without what is drawn anew in each run: GUIDs of volumes and providers, silo ids, the test's own names, the
 * token's file, times. What is left may be put beside that of another day.
 */
export function comparableAnswer(detail: string | undefined): string {
  return (detail ?? '')
    .replace(/\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}/gi, '{GUID}')
    .replace(/(\\Silos\\)\d+/gi, '$1{SILO}')
    .replace(/siloscope-[0-9a-f]{6,}/gi, 'siloscope-{TEST}')
    .replace(/\b[0-9a-f]{12,}\b/gi, '{ID}')
    .replace(/\b\d+(?:\.\d+)? ?ms\b/g, '{TIME}');
}

function aroundOf({ host: { facts }, winfsp, image }: IsolationTable): Readonly<Record<IsolationAround, string>> {
  return { windows: `${facts.build}.${facts.revision} ${facts.edition}`, winfsp: winfsp ?? '', image };
}

function placeKey(table: IsolationTable): string {
  const { windows, winfsp, image } = aroundOf(table);
  return JSON.stringify([windows, winfsp, image, table.simulated ? (table.scenario ?? '') : undefined]);
}

const keyOf = ({ volume, from, way }: IsolationCell): string => `${volume} ${from} ${way}`;
