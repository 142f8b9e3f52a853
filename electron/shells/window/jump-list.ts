import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../../shared/base/clock.ts';
import { recentPlace } from '../../../shared/domain/recent-launches.ts';
import { windowMenuWords } from '../../../shared/wording/window-menu.ts';
import type { Lately } from './follow-lately.ts';
import type { KeptFile } from './kept-file.ts';
import type { WindowMemory } from './window-memory.ts';

/** A task of the jump list, as Windows starts it. */
export interface JumpTask {
  readonly type: 'task';
  readonly program: string;
  readonly args: string;
  readonly title: string;
  readonly description: string;
  readonly iconPath: string;
  readonly iconIndex: number;
}

export interface JumpCategory {
  readonly type: 'custom';
  readonly name: string;
  readonly items: JumpTask[];
}

export interface JumpStart {
  readonly program: string;
  /** What stands before our own arguments: the app's folder, when Electron is started from source. */
  readonly before: string;
}

/** So many of each kind: Windows shows about a dozen in all. */
const MOST = 6;

/** What of Electron's `app` keeps the jump list. */
export interface JumpListApp {
  /** What the user has taken away since the last list was set. */
  getJumpListSettings(): { readonly removedItems: readonly { readonly args?: string }[] };
  setJumpList(categories: JumpCategory[] | null): unknown;
}

/** So many are remembered. */
const MOST_REMOVED = 100;

/**
 * Shows what is offered as the jump list. What the user has taken away from it stays away: a profile until it is launched
 * again, a workspace for good. Windows tells of a task until the next list is set, drops a whole category that brings it
 * back at once (electron#6826), and shows it again on any later occasion.
 */
export function showJumpList(
  app: JumpListApp,
  start: JumpStart,
  memory: KeptFile<WindowMemory>,
  clock: Clock,
): (offered: Lately) => void {
  return offered => {
    const removed = new Map(memory.value.removedTasks.map(({ args, at }) => [args, at]));
    for (const { profile, at } of offered.recent) {
      const args = profileArgs(start, profile);
      if (at > (removed.get(args) ?? at)) removed.delete(args);
    }
    for (const { args } of app.getJumpListSettings().removedItems) {
      if (args !== undefined) removed.set(args, new Date(clock.now()).toISOString());
    }
    const removedTasks = [...removed].slice(-MOST_REMOVED).map(([args, at]) => ({ args, at }));
    if (!isDeepStrictEqual(removedTasks, memory.value.removedTasks)) memory.keep({ ...memory.value, removedTasks });
    app.setJumpList(jumpList(offered, start, removed));
  };
}

const profileArgs = ({ before }: JumpStart, profile: string): string => `${before}--profile=${profile}`;

/**
 * The jump list, null to take it away. Anybody can start the program with such arguments, so a task fills in a form or
 * shows a screen, and starts nothing. `removed` are arguments of tasks that are left out.
 */
export function jumpList(
  { recent, workspaces }: Lately,
  start: JumpStart,
  removed: Pick<ReadonlyMap<string, unknown>, 'has'> = new Map(),
): JumpCategory[] | null {
  const words = windowMenuWords.jumpList;
  const task = (args: string, title: string, description: string): JumpTask => ({
    type: 'task',
    program: start.program,
    args,
    title,
    description,
    iconPath: start.program,
    iconIndex: 0,
  });
  // Its arguments name the profile alone: one task for each.
  const profiles = [...new Map([...recent].reverse().map(launch => [launch.profile, launch])).values()].reverse();
  const categories: JumpCategory[] = [
    {
      type: 'custom',
      name: words.recent,
      items: recent
        .filter(launch => profiles.includes(launch))
        .slice(0, MOST)
        .map(launch =>
          task(profileArgs(start, launch.profile), launch.profile, words.launch(launch.profile, recentPlace(launch))),
        ),
    },
    {
      type: 'custom',
      name: words.workspaces,
      items: workspaces
        .slice(0, MOST)
        .map(({ workspace: { name } }) => task(`${start.before}--workspace=${name}`, name, words.workspace(name))),
    },
  ];
  const filled = categories
    .map(category => ({ ...category, items: category.items.filter(({ args }) => !removed.has(args)) }))
    .filter(({ items }) => items.length > 0);
  return filled.length === 0 ? null : filled;
}
