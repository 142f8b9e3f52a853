import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparableAnswer, compareIsolation, isolationGrid } from './compare-isolation.ts';
import { type IsolationCell, type IsolationTable, IsolationViewer, IsolationWay } from './isolation-test.ts';

const hex = (length: number): fc.Arbitrary<string> =>
  fc
    .array(fc.integer({ min: 0, max: 15 }), { minLength: length, maxLength: length })
    .map(digits => digits.map(digit => digit.toString(16)).join(''));
const guid = fc.tuple(hex(8), hex(4), hex(4), hex(4), hex(12)).map(parts => `{${parts.join('-')}}`);
/** What Windows answered, with what is drawn anew in each run left open. */
const drawn = fc.record({ guid, silo: fc.nat(99_999), test: hex(10), token: hex(16), ms: fc.nat(9_999) });
const answerWith =
  (end: string) =>
  ({ guid: g, silo, test, token, ms }: { guid: string; silo: number; test: string; token: string; ms: number }) =>
    `\\\\?\\GLOBALROOT\\Silos\\${silo}\\Device\\WinFsp.Mup+2.1${g}\\siloscope-${test}\\token\\${token}.txt: ${end} after ${ms} ms`;

describe('an answer of Windows, to be put beside that of another day', () => {
  it('is the same whatever was drawn anew, another where the end of it is another, and stays as it is', () => {
    fc.assert(
      fc.property(drawn, drawn, (one, other) => {
        const [found, again] = [answerWith('listed')(one), answerWith('listed')(other)].map(comparableAnswer);
        expect(found).toBe(again);
        expect(found).not.toBe(comparableAnswer(answerWith('STATUS_BAD_NETWORK_PATH')(one)));
        expect(comparableAnswer(found)).toBe(found);
        expect(found).toContain('WinFsp.Mup+2.1{GUID}');
      }),
    );
  });
});

const cells = fc
  .array(
    fc.record({
      volume: fc.constantFrom('network' as const, 'disk' as const),
      from: fc.constantFrom(...IsolationViewer.options),
      way: fc.constantFrom(...IsolationWay.options),
      outcome: fc.constantFrom('reached' as const, 'not-reached' as const, 'no-answer' as const, 'not-tried' as const),
    }),
    { maxLength: 12 },
  )
  .map(drawnCells => {
    const once = new Map(drawnCells.map(one => [`${one.volume} ${one.from} ${one.way}`, one]));
    return [...once.values()].map((one): IsolationCell => ({ ...one, ground: 'documented' }));
  });
const table = fc
  .record({
    build: fc.constantFrom(20348, 26100),
    winfsp: fc.constantFrom('2.0', '2.1'),
    image: fc.constantFrom('a', 'b'),
    cells,
  })
  .map(
    ({ build, winfsp, image, cells: found }): IsolationTable => ({
      id: 'x',
      takenAt: '2026-11-22T00:00:00.000Z',
      host: {
        id: 'local',
        facts: {
          machineName: 'BOX',
          build,
          revision: 1,
          displayVersion: '24H2',
          edition: 'Windows',
          productType: 'server',
          architecture: 'x64',
        },
      },
      simulated: false,
      winfsp,
      image,
      plainUnc: false,
      missing: [],
      cells: found,
      left: [],
    }),
  );

describe('self-tests of several places', () => {
  it('stand beside each other: the last of each Windows, WinFsp and image, and what differs between them', () => {
    fc.assert(
      fc.property(fc.array(table, { maxLength: 6 }), tables => {
        const { places, differing, same } = isolationGrid(tables);
        const keys = new Set(tables.map(one => `${one.host.facts.build} ${one.winfsp} ${one.image}`));
        expect(places.length).toBe(keys.size);
        expect(places.reduce((sum, { runs }) => sum + runs, 0)).toBe(tables.length);
        if (tables.length > 0) expect(places.at(-1)?.table).toBe(tables.at(-1));
        for (const { outcomes } of differing) {
          expect(outcomes.length).toBe(places.length);
          expect(new Set(outcomes.filter(one => one !== undefined)).size).toBeGreaterThan(1);
        }
        const tried = new Set(
          places.flatMap(({ table: { cells: found } }) =>
            found.filter(({ outcome }) => outcome !== 'not-tried').map(one => `${one.volume} ${one.from} ${one.way}`),
          ),
        );
        expect(differing.length + same).toBeLessThanOrEqual(tried.size);
      }),
    );
  });

  it('differ in two of them exactly where their grid does', () => {
    fc.assert(
      fc.property(table, table, (one, other) => {
        const after = { ...other, host: { ...other.host, facts: { ...other.host.facts, build: 1 } } };
        const changes = compareIsolation(one, after)?.changes.filter(({ what }) => what === 'outcome') ?? [];
        expect(isolationGrid([one, after]).differing.length).toBe(changes.length);
      }),
    );
  });
});
