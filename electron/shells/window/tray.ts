import type { WorkspaceStatus } from '../../../shared/contract/workspace-status.ts';
import type { LaunchWish } from '../../../shared/domain/deep-link.ts';
import type { RecentLaunch } from '../../../shared/domain/recent-launch.ts';
import { recentPlace } from '../../../shared/domain/recent-launches.ts';
import { windowMenuWords } from '../../../shared/wording/window-menu.ts';
import { wordAppState } from '../../../shared/wording/window-state.ts';
import { wordWorkspace } from '../../../shared/wording/word-workspace.ts';
import type { Lately } from './follow-lately.ts';
import type { IconFiles } from './icon-files.ts';
import type { AppState } from './judge-app-state.ts';
import type { MenuItem } from './menu-item.ts';

/** What of Electron's `Tray` is needed; `Menu` is whatever its menus are. */
export interface TrayIcon<Menu> {
  setImage(file: string): void;
  setToolTip(text: string): void;
  setContextMenu(menu: Menu): void;
  on(event: 'click', listener: () => void): unknown;
}

export interface TrayOptions<Menu> {
  readonly tray: TrayIcon<Menu>;
  readonly buildMenu: (items: MenuItem[]) => Menu;
  readonly icons: IconFiles;
  readonly act: TrayActs;
}

export interface TrayActs {
  readonly show: (fragment?: string) => void;
  readonly prefill: (wish: LaunchWish) => void;
  readonly startWorkspace: (name: string) => void;
  readonly quit: () => void;
}

/** The icon in the notification area: a shape and a word for the state, and a menu that begins with Open. */
export function showInTray<Menu>({ tray, buildMenu, icons, act }: TrayOptions<Menu>): {
  update(state: AppState, lately: Lately): void;
} {
  let shown = '';
  tray.on('click', () => act.show());
  return {
    update: (state, lately) => {
      const text = wordAppState(state);
      const items = trayItems(text, lately, act);
      const next = JSON.stringify([state, items]);
      // Windows closes an open menu when it is replaced.
      if (next === shown) return;
      shown = next;
      tray.setImage(icons.tray(state.kind));
      tray.setToolTip(`Siloscope: ${text}`);
      tray.setContextMenu(buildMenu(items));
    },
  };
}

/** A menu takes a single `&` for the letter that Alt reaches, and does not show it: a UNC prefix may have one. */
const literal = (text: string): string => text.replaceAll('&', '&&');

/** The menu of the icon. */
export function trayItems(state: string, { recent, workspaces }: Lately, act: TrayActs): MenuItem[] {
  const { tray } = windowMenuWords;
  return [
    { label: tray.open, click: () => act.show() },
    { label: state, enabled: false },
    { type: 'separator' },
    ...(recent.length === 0
      ? []
      : [
          {
            label: tray.recent,
            submenu: recent.map(launch => ({
              label: literal(tray.launch(launch.profile, recentPlace(launch))),
              click: () => act.prefill(wishOf(launch)),
            })),
          },
        ]),
    {
      label: tray.workspaces,
      submenu: [
        ...workspaces.map(status => workspaceItem(status, act)),
        ...(workspaces.length === 0 ? [] : [{ type: 'separator' as const }]),
        { label: tray.capture, click: () => act.show('#/filesystems?capture') },
      ],
    },
    { label: tray.visibility, click: () => act.show('#/visibility') },
    { label: tray.settings, click: () => act.show('#/settings') },
    { type: 'separator' },
    { label: tray.exit, click: () => act.quit() },
  ];
}

/** A start ends nothing, and is done at once; what runs already is shown. */
function workspaceItem(status: WorkspaceStatus, act: TrayActs): MenuItem {
  const { name } = status.workspace;
  const isWhole = status.kept && status.items.every(({ state }) => state === 'running');
  const { tray } = windowMenuWords;
  return isWhole
    ? { label: literal(tray.workspace(name, wordWorkspace(status))), click: () => act.show('#/filesystems') }
    : { label: literal(tray.start(name, wordWorkspace(status))), click: () => act.startWorkspace(name) };
}

function wishOf({ profile, mountPoint, uncPrefix }: RecentLaunch): LaunchWish {
  return {
    profile,
    ...(mountPoint === undefined ? {} : { mountPoint }),
    ...(uncPrefix === undefined ? {} : { uncPrefix }),
  };
}
