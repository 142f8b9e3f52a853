import { describe, expect, it } from 'vitest';
import type { Lately } from './follow-lately.ts';
import { type JumpCategory, jumpList, showJumpList } from './jump-list.ts';

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
  it('is not offered again while the app runs, and its category stays', () => {
    const set: (JumpCategory[] | null)[] = [];
    let removedItems: { readonly args?: string }[] = [{ args: '--profile=memfs-disk' }, {}];
    const offer = showJumpList(
      {
        getJumpListSettings: () => ({ removedItems }),
        setJumpList: list => {
          set.push(list);
          // As Windows does: what was taken away is said until the next list is set.
          removedItems = [];
        },
      },
      { program: 'C:\\e.exe', before: '' },
    );
    offer(NOTHING);
    offer(LATELY);
    offer(LATELY);
    const offered = ['--profile=memfs-network', '--workspace=everyday', '--workspace=whole'];
    expect(set.map(list => list?.flatMap(({ items }) => items.map(({ args }) => args)))).toEqual([
      undefined,
      offered,
      offered,
    ]);
  });
});
