import { recentPlace } from '../../../shared/domain/recent-launches.ts';
import { windowMenuWords } from '../../../shared/wording/window-menu.ts';
import type { Lately } from './follow-lately.ts';

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

/**
 * Shows what is offered as the jump list. What the user has taken away from it is not offered again while the app runs:
 * Windows drops a whole category, and keeps it dropped, that brings such a task back at once (electron#6826).
 */
export function showJumpList(app: JumpListApp, start: JumpStart): (offered: Lately) => void {
  const removed = new Set<string>();
  return offered => {
    for (const { args = '' } of app.getJumpListSettings().removedItems) removed.add(args);
    app.setJumpList(jumpList(offered, start, removed));
  };
}

/**
 * The jump list, null to take it away. Anybody can start the program with such arguments, so a task fills in a form or
 * shows a screen, and starts nothing. `removed` are arguments of tasks that are left out.
 */
export function jumpList(
  { recent, workspaces }: Lately,
  { program, before }: JumpStart,
  removed: ReadonlySet<string> = new Set(),
): JumpCategory[] | null {
  const words = windowMenuWords.jumpList;
  const task = (args: string, title: string, description: string): JumpTask => ({
    type: 'task',
    program,
    args: `${before}${args}`,
    title,
    description,
    iconPath: program,
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
          task(`--profile=${launch.profile}`, launch.profile, words.launch(launch.profile, recentPlace(launch))),
        ),
    },
    {
      type: 'custom',
      name: words.workspaces,
      items: workspaces
        .slice(0, MOST)
        .map(({ workspace: { name } }) => task(`--workspace=${name}`, name, words.workspace(name))),
    },
  ];
  const filled = categories
    .map(category => ({ ...category, items: category.items.filter(({ args }) => !removed.has(args)) }))
    .filter(({ items }) => items.length > 0);
  return filled.length === 0 ? null : filled;
}
