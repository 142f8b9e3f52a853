import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../shared/base/clock.ts';
import type { Lately } from './follow-lately.ts';
import { jumpList, showJumpList } from './jump-list.ts';
import { EMPTY_MEMORY } from './window-memory.ts';

const AT = '2026-11-22T00:00:00.000Z';
const workspace = (name: string) => ({ name, items: [{ name: 'one', launch: { profile: 'memfs-disk' } }] });
const LATELY: Lately = {
  recent: [
    { profile: 'memfs-network', mountPoint: 'Y:', uncPrefix: '\\a\\b', at: AT },
    { profile: 'memfs-disk', at: AT },
  ],
  workspaces: ['everyday', 'whole'].map(name => ({ workspace: workspace(name), kept: false, items: [] })),
};
const NOTHING: Lately = { recent: [], workspaces: [] };

describe('the jump list', () => {
  it('fills in the launch screen, newest profile first, and shows workspaces; it starts nothing', () => {
    const lately = { ...LATELY, recent: [...LATELY.recent, { profile: 'memfs-network', mountPoint: 'X:', at: AT }] };
    const list = jumpList(lately, { program: 'C:\\e.exe', before: '"C:\\main.js" ' });
    expect(list?.map(({ name, items }) => [name, ...items.map(({ args }) => args)])).toEqual([
      ['Launch again', '"C:\\main.js" --profile=memfs-network', '"C:\\main.js" --profile=memfs-disk'],
      ['Workspaces', '"C:\\main.js" --workspace=everyday', '"C:\\main.js" --workspace=whole'],
    ]);
    expect(jumpList(NOTHING, { program: 'C:\\e.exe', before: '' })).toBeNull();
  });
});

describe('a task that the user took from the jump list', () => {
  /** As Windows does: what was taken away is told until the next list is set. */
  function given() {
    const memory = { value: EMPTY_MEMORY };
    const clock = new ManualClock(Date.parse(AT) + 1_000);
    const set: (string[] | undefined)[] = [];
    let removedItems: { readonly args?: string }[] = [];
    /** One run of the program. */
    const run = () =>
      showJumpList(
        {
          getJumpListSettings: () => ({ removedItems }),
          setJumpList: list => {
            set.push(list?.flatMap(({ items }) => items.map(({ args }) => args)));
            removedItems = [];
          },
        },
        { program: 'C:\\e.exe', before: '' },
        {
          get value() {
            return memory.value;
          },
          keep: value => {
            memory.value = value;
          },
          written: async () => undefined,
        },
        clock,
      );
    const remove = (...args: string[]): void => {
      removedItems = [...args.map(one => ({ args: one })), {}];
    };
    return { run, remove, set, clock, memory };
  }
  const WITHOUT = ['--profile=memfs-network', '--workspace=everyday'];

  it('is not offered again, by the next run of the program neither, and its category stays', () => {
    const { run, remove, set } = given();
    const first = run();
    remove('--profile=memfs-disk', '--workspace=whole');
    first(NOTHING);
    first(LATELY);
    run()(LATELY);
    expect(set).toEqual([undefined, WITHOUT, WITHOUT]);
  });

  it('comes back once its profile was launched again', () => {
    const { run, remove, set, memory } = given();
    remove('--profile=memfs-disk');
    run()(LATELY);
    run()({ ...LATELY, recent: LATELY.recent.map(launch => ({ ...launch, at: '2026-11-23T00:00:00.000Z' })) });
    expect(set.map(tasks => tasks?.includes('--profile=memfs-disk'))).toEqual([false, true]);
    expect(memory.value.removedTasks).toEqual([]);
  });
});
