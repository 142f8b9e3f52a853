import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyRows } from '../../shared/domain/file-system-rows.ts';
import type { RunningFileSystem } from '../../shared/domain/launch.ts';
import type { RowsChanged } from '../../shared/domain/rows-changed.ts';
import { type AnsweredRows, createFollowingStore, type RowNews } from './followed-rows.ts';

const IDS = ['a', 'b', 'c', 'd'] as const;
const row = (id: string, name: string, state: RunningFileSystem['state']): RunningFileSystem => ({
  container: { id, name, image: 'i', isolation: 'process', labels: {}, managed: false },
  state,
  status: state,
  commandLine: 'memfs-x64.exe',
  volumes: [],
});

const change = fc.record({
  changed: fc.uniqueArray(
    fc
      .tuple(fc.constantFrom(...IDS), fc.constantFrom('n', 'm'), fc.constantFrom('running' as const, 'exited' as const))
      .map(([id, name, state]) => row(id, name, state)),
    { selector: ({ container }) => container.id, maxLength: 3 },
  ),
  gone: fc.uniqueArray(fc.constantFrom(...IDS), { maxLength: 2 }),
});
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('change' as const), change }) },
  /** A change that only a new list tells of: another engine. */
  { weight: 1, arbitrary: fc.record({ do: fc.constant('engine' as const), change }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('hear' as const), count: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('answer' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('fail' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('refresh' as const) }) },
  /** The link is cut and comes back: what was under way never arrives. */
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reconnect' as const) }) },
);

const turn = async (): Promise<void> => {
  for (let count = 0; count < 12; count++) await Promise.resolve();
};

describe('a list that is followed', () => {
  it('equals a fresh one, whatever was missed, overtaken or cut off', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async steps => {
        let server: AnsweredRows = { revision: 7, fileSystems: [row('a', 'n', 'running')] };
        const news: ({ readonly revision: number } | RowNews)[] = [];
        const asked: { answered: AnsweredRows | undefined; settle(answer: AnsweredRows | undefined): void }[] = [];
        const store = createFollowingStore<readonly RunningFileSystem[]>(
          () =>
            new Promise((resolve, reject) => {
              asked.push({
                answered: undefined,
                settle: answer => {
                  if (answer === undefined) reject(new Error('cut'));
                  else resolve({ ...answer, value: answer.fileSystems });
                },
              });
            }),
          (_, rows) => rows,
          () => 0,
        );
        const move = (made: RowsChanged): number => {
          server = { revision: server.revision + 1, fileSystems: applyRows(server.fileSystems, made) };
          return server.revision;
        };
        const hear = (count: number): void => {
          for (const one of news.splice(0, count)) {
            if ('change' in one) store.hear(one);
            else store.freshen();
          }
        };
        /** What is answered is the list at some time; the answer may be overtaken by news that came after. */
        const answer = async (): Promise<void> => {
          const [first] = asked;
          if (first === undefined) return;
          if (first.answered === undefined) {
            // News up to then is on the wire before it.
            hear(news.length);
            first.answered = server;
            return;
          }
          asked.shift();
          first.settle(first.answered);
          await turn();
        };
        const fail = async (): Promise<void> => {
          asked.shift()?.settle(undefined);
          await turn();
        };
        store.want();
        for (const one of steps) {
          switch (one.do) {
            case 'change':
              news.push({ revision: move(one.change), change: one.change });
              break;
            case 'engine':
              news.push({ revision: move(one.change) });
              break;
            case 'hear':
              hear(one.count);
              break;
            case 'answer':
              await answer();
              break;
            case 'fail':
              await fail();
              break;
            case 'refresh':
              void store.refresh();
              break;
            case 'reconnect':
              news.length = 0;
              while (asked.length > 0) await fail();
              store.freshen();
          }
          await turn();
        }
        hear(news.length);
        await turn();
        const { value } = { value: store.store.getState() };
        // A question that failed was told to whoever asked; the next occasion asks again.
        if (value.kind === 'faulted' || (value.kind === 'known' && value.fault !== undefined)) store.freshen();
        for (let rounds = 0; asked.length > 0 && rounds < 20; rounds++) await answer();
        const state = store.store.getState();
        expect(asked).toEqual([]);
        expect(state.kind === 'known' ? state.value : state).toEqual(server.fileSystems);
      }),
      { numRuns: 1_000 },
    );
  });

  it('leaves the rows that the news do not name as they are', async () => {
    const rows = IDS.map(id => row(id, 'n', 'running'));
    let answer: AnsweredRows = { revision: 1, fileSystems: rows };
    const store = createFollowingStore<readonly RunningFileSystem[]>(
      async () => structuredClone({ ...answer, value: [] }),
      (_, all) => all,
      () => 0,
    );
    const value = (): readonly RunningFileSystem[] => {
      const state = store.store.getState();
      return state.kind === 'known' ? state.value : [];
    };
    await store.refresh();
    const before = value();
    const renamed = row('b', 'other', 'running');
    store.hear({ revision: 2, change: { changed: [renamed], gone: [] } });
    answer = { revision: 2, fileSystems: rows.map(one => (one.container.id === 'b' ? renamed : one)) };
    await store.refresh();
    store.hear({ revision: 3, change: { changed: [], gone: ['d'] } });
    expect(value().map((one, index) => one === before[index])).toEqual([true, false, true]);
  });
});
