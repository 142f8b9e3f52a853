import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyRows } from '../../../shared/domain/file-system-rows.ts';
import type { RunningFileSystem } from '../../../shared/domain/launch.ts';
import type { RowsChanged } from '../../../shared/domain/rows-changed.ts';
import type { ListedContainer } from '../engine/containers.ts';
import { FileSystemTable, type Reading, type Ticket } from './file-system-table.ts';
import type { Seen } from './seen.ts';

const IDS: readonly string[] = ['a', 'b', 'c', 'd', 'e'];

/** A container as it is: what the engine lists and what lies in its silo. */
interface Container {
  readonly name: string;
  readonly running: boolean;
  readonly volumes: readonly string[];
}
type World = ReadonlyMap<string, Container>;

function listed(world: World, of?: ReadonlySet<string>): readonly ListedContainer[] {
  return [...world].flatMap(([id, { name, running }]) =>
    of?.has(id) === false
      ? []
      : [
          {
            ref: { id, name, image: 'i', isolation: 'process', labels: {}, managed: id === 'a' },
            state: running ? 'running' : 'exited',
            status: running ? 'Up' : 'Exited (0)',
            command: id === 'b' ? 'memfs-x64.exe -m X:' : 'something.exe',
            mounts: [],
          },
        ],
  );
}

function seen(world: World): Seen {
  const silos = [...world].filter(([, { running }]) => running);
  return {
    namespaces: listed(new Map(silos)).map(({ ref }) => ({
      id: `silo:${IDS.indexOf(ref.id) + 1}`,
      kind: 'silo' as const,
      label: ref.name,
      container: ref,
    })),
    volumes: silos.flatMap(([id, { volumes }]) =>
      volumes.map(device => ({
        device,
        kind: 'disk' as const,
        home: `silo:${IDS.indexOf(id) + 1}`,
        mountPoints: ['X:'],
        verdict: 'private' as const,
      })),
    ),
    gaps: [],
  };
}

/** A reading under way: asked at one time, answered later, taken in later still. */
interface UnderWay {
  readonly ticket: Ticket;
  readonly what: 'list' | 'silos' | 'both';
  readonly of: ReadonlySet<string> | undefined;
  answer: Reading | undefined;
}

function ask(reading: UnderWay, world: World): void {
  const { of, what } = reading;
  reading.answer ??= {
    ...(of === undefined ? {} : { of }),
    ...(what === 'silos' ? {} : { listed: listed(world, of) }),
    ...(what === 'list' ? {} : { seen: seen(world) }),
  };
}

const id = fc.constantFrom(...IDS);
const some = fc.option(fc.uniqueArray(id, { minLength: 1 }), { nil: undefined });
const step = fc.oneof(
  fc.record({ do: fc.constant('create' as const), id }),
  fc.record({ do: fc.constant('start' as const), id }),
  fc.record({ do: fc.constant('die' as const), id }),
  fc.record({ do: fc.constant('rename' as const), id }),
  fc.record({ do: fc.constant('remove' as const), id }),
  fc.record({
    do: fc.constant('begin' as const),
    what: fc.constantFrom('list' as const, 'silos' as const, 'both' as const),
    of: some,
  }),
  fc.record({ do: fc.constant('ask' as const), nth: fc.nat(3) }),
  fc.record({ do: fc.constant('take' as const), nth: fc.nat(3) }),
);

const byId = (rows: readonly RunningFileSystem[]) =>
  [...rows].sort((one, other) => (one.container.id < other.container.id ? -1 : 1));

describe('the table of file systems', () => {
  it('ends as a fresh list would be, whatever readings overlapped what happened', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.nat(), (steps, seed) => {
        const table = new FileSystemTable();
        let world: World = new Map();
        let count = 0;
        let followed: readonly RunningFileSystem[] = [];
        const underWay: UnderWay[] = [];
        const take = ({ ticket, answer }: UnderWay): void => {
          const change: RowsChanged | undefined = answer === undefined ? undefined : table.take(ticket, answer);
          if (change !== undefined) followed = applyRows(followed, change);
          expect(followed).toEqual(table.rows);
        };
        const set = (which: string, container: Container): void => {
          world = new Map([...world, [which, container]]);
        };
        for (const one of steps) {
          const container = 'id' in one ? world.get(one.id) : undefined;
          const reading = 'nth' in one ? underWay[one.nth] : undefined;
          count += 1;
          switch (one.do) {
            case 'create':
              if (container === undefined) set(one.id, { name: `${one.id}${count}`, running: false, volumes: [] });
              break;
            case 'start':
              if (container !== undefined) set(one.id, { ...container, running: true, volumes: [`V${count}`] });
              break;
            case 'rename':
              if (container !== undefined) set(one.id, { ...container, name: `${one.id}${count}` });
              break;
            case 'die':
              if (container !== undefined) set(one.id, { ...container, running: false, volumes: [] });
              table.ended(one.id);
              break;
            case 'remove':
              world = new Map([...world].filter(([which]) => which !== one.id));
              table.ended(one.id);
              break;
            case 'begin':
              underWay.push({
                ticket: table.begin(),
                what: one.what,
                of: one.of === undefined ? undefined : new Set(one.of),
                answer: undefined,
              });
              break;
            case 'ask':
              if (reading !== undefined) ask(reading, world);
              break;
            case 'take':
              if (reading?.answer !== undefined) take(reading);
          }
        }
        // Each event had its own reading, begun after it. Older readings may come in before or after.
        const late = underWay.filter((_, index) => (seed >> (index % 30)) % 2 === 0);
        for (const reading of underWay) if (!late.includes(reading)) take(reading);
        const last: UnderWay = { ticket: table.begin(), what: 'both', of: new Set(IDS), answer: undefined };
        ask(last, world);
        take(last);
        for (const reading of late) take(reading);

        const fresh = new FileSystemTable();
        fresh.take(fresh.begin(), { listed: listed(world), seen: seen(world) });
        expect(byId(table.rows)).toEqual(byId(fresh.rows));
      }),
      { numRuns: 2_000 },
    );
  });

  it('keeps the rows that a change does not name', () => {
    const table = new FileSystemTable();
    const container = (running: boolean): Container => ({ name: 'n', running, volumes: running ? ['V'] : [] });
    const world: World = new Map(IDS.map(which => [which, container(true)]));
    table.take(table.begin(), { listed: listed(world), seen: seen(world) });
    const before = table.rows;
    const after: World = new Map([...world, ['c', container(false)]]);
    const of = new Set(['c']);
    const change = table.take(table.begin(), { listed: listed(after, of), of });
    expect(change?.gone).toEqual(['c']);
    expect(table.rows.filter(row => !before.includes(row))).toEqual([]);
    expect(table.rows.map(({ container: { id: which } }) => which)).toEqual(['a', 'b', 'd', 'e']);
  });
});
