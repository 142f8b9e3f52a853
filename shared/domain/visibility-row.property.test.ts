import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Look, Visibility } from './inspection.ts';
import type { Namespace, NamespaceId } from './namespace.ts';
import {
  alikeIn,
  cellIn,
  countOf,
  exceptionsIn,
  standInsIn,
  VisibilityRow,
  viewersOf,
  withCells,
} from './visibility-row.ts';

/** No two are one look: each can be told from all others by its evidence. */
const lookNamed = (name: string, visible: Look['visible']): Look => ({
  visible,
  through: [],
  because: 'shared-mup',
  evidence: { rank: 'rule', ground: 'documented', detail: name },
});
const MOST_NAMED = 8;
const NOBODY = 'silo:nobody';

type Known = Pick<Namespace, 'id' | 'kind' | 'mup'> & { readonly trait: string };
const one: fc.Arbitrary<Known> = fc.record(
  {
    id: fc.integer({ min: 0, max: 60 }).map(index => `silo:${index}`),
    kind: fc.constantFrom('silo' as const, 'silo' as const, 'silo' as const, 'vm' as const),
    mup: fc.constantFrom('own' as const, 'shared' as const),
    trait: fc.constantFrom('', '', '', 'x'),
  },
  { requiredKeys: ['id', 'kind', 'trait'] },
);
/** A few, or more of one sort than are named; some twice. */
const namespaces = fc.oneof(fc.array(one, { maxLength: 12 }), fc.array(one, { minLength: 60, maxLength: 90 }));
const visible = fc.constantFrom('yes' as const, 'no' as const, 'unknown' as const);

/** A row, and the list of cells that it stands for. */
const rows = fc
  .record({
    namespaces,
    of: fc.array(visible, { minLength: 16, maxLength: 16 }),
    apart: fc.infiniteStream(fc.boolean()),
  })
  .map(({ namespaces: all, of, apart }) => {
    const distinct = [...new Map(all.toReversed().map(one => [one.id, one])).values()];
    const order = [...new Set(all.map(({ id }) => id))];
    const known = order.flatMap(id => distinct.find(one => one.id === id) ?? []);
    const traits = new Map(known.map(({ id, trait }) => [id, trait]));
    const viewers = viewersOf(all, id => traits.get(id) ?? '');
    const sortOf = ({ kind, mup, trait }: Omit<Known, 'id'>): string => [kind, mup, trait].join('/');
    const looks = viewers.groups.map((group, index) => lookNamed(sortOf(group), of[index] ?? 'no'));
    const apartly = known.filter(() => apart.next().value === true).slice(0, 12);
    const exceptions = new Map(apartly.map(({ id }, index) => [id, lookNamed(id, of[index] ?? 'no')]));
    const bySort = new Map(looks.map(look => [look.evidence.detail, look]));
    const list = known.map((one): Visibility => {
      const look = exceptions.get(one.id) ?? bySort.get(sortOf(one)) ?? lookNamed('none', 'no');
      return { namespace: one.id, ...look };
    });
    return { row: new VisibilityRow(viewers, looks, exceptions), list, exceptions };
  });
const nameOf = ({ evidence }: Look): string => evidence.detail ?? '';

describe('a row of the matrix', () => {
  it('is the list of its cells, in the order of the namespaces', () => {
    fc.assert(
      fc.property(rows, visible, ({ row, list }, wanted) => {
        const fits = (cell: Visibility): boolean => cell.visible === wanted;
        expect(row.toJSON()).toEqual(list);
        expect(row.length).toBe(list.length);
        expect(row.filter(fits)).toEqual(list.filter(fits));
        expect(row.map(({ namespace }) => namespace)).toEqual(list.map(({ namespace }) => namespace));
        expect(row.flatMap(cell => [cell, cell])).toEqual(list.flatMap(cell => [cell, cell]));
        expect([row.find(fits), row.some(fits), row.every(fits)]).toEqual([
          list.find(fits),
          list.some(fits),
          list.every(fits),
        ]);
        for (const { namespace } of list) expect(cellIn(row, namespace)).toEqual(cellIn(list, namespace));
        expect([cellIn(row, NOBODY), cellIn(list, NOBODY)]).toEqual([undefined, undefined]);
      }),
    );
  });

  it('tells everybody but one by how they see: how many they are, and the first few by name', () => {
    fc.assert(
      fc.property(rows, fc.nat(), ({ row, list, exceptions }, pick) => {
        const but = list[pick % (list.length + 1)]?.namespace ?? NOBODY;
        const expected = new Map<string, NamespaceId[]>();
        for (const { namespace, ...look } of list) {
          if (namespace === but) continue;
          expected.set(nameOf(look), [...(expected.get(nameOf(look)) ?? []), namespace]);
        }
        const told = [...alikeIn(row, but)];
        const count = list.length - (but === NOBODY ? 0 : 1);
        expect(new Map(told.map(({ look, first }) => [nameOf(look), first]))).toEqual(
          new Map([...expected].map(([name, ids]) => [name, ids.slice(0, MOST_NAMED)])),
        );
        expect(new Map(told.map(alike => [nameOf(alike.look), alike.count]))).toEqual(
          new Map([...expected].map(([name, ids]) => [name, ids.length])),
        );
        expect(told.length).toBeLessThanOrEqual(row.viewers.groups.length + exceptions.size);
        expect(countOf(told)).toBe(count);
        const each = [...alikeIn(list, but)];
        expect([countOf(each), each.every(({ first }) => first.length === 1)]).toEqual([count, true]);
      }),
    );
  });

  it('shows all its looks by its exceptions and one of each group', () => {
    fc.assert(
      fc.property(rows, ({ row, list, exceptions }) => {
        const looks = (ids: readonly NamespaceId[]): Set<string> =>
          new Set(list.filter(({ namespace }) => ids.includes(namespace)).map(nameOf));
        const all = list.map(({ namespace }) => namespace);
        expect(exceptionsIn(row)).toEqual([...exceptions.keys()]);
        expect(looks(standInsIn(row))).toEqual(looks(all));
        expect(standInsIn(row).length).toBeLessThanOrEqual(exceptions.size + row.viewers.groups.length);
        expect([exceptionsIn(list), standInsIn(list)]).toEqual([all, all]);
      }),
    );
  });

  it('with other looks for some is another one, which knows nobody new; a list has new ones at its end', () => {
    fc.assert(
      fc.property(rows, fc.infiniteStream(fc.boolean()), ({ row, list }, chosen) => {
        const other = lookNamed('looked again', 'unknown');
        const again = list.filter(() => chosen.next().value === true).map(({ namespace }) => ({ namespace, ...other }));
        const stranger = { namespace: NOBODY, ...other };
        const expected = list.map(cell => again.find(({ namespace }) => namespace === cell.namespace) ?? cell);
        const changed = withCells(row, [stranger, ...again]);
        expect([...changed]).toEqual(expected);
        expect(exceptionsIn(changed)).not.toContain(NOBODY);
        expect([...withCells(list, [stranger, ...again])]).toEqual([...expected, stranger]);
        expect([...row]).toEqual(list);
      }),
    );
  });
});
