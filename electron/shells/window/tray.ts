import { windowMenuWords } from '../../../shared/wording/window-menu.ts';
import { wordAppState } from '../../../shared/wording/window-state.ts';
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
  readonly prefill: (profile: string) => void;
  readonly quit: () => void;
}

/** The icon in the notification area: a shape and a word for the state, and a menu that begins with Open. */
export function showInTray<Menu>({ tray, buildMenu, icons, act }: TrayOptions<Menu>): {
  update(state: AppState, recentProfiles: readonly string[]): void;
} {
  let shown = '';
  tray.on('click', () => act.show());
  return {
    update: (state, recentProfiles) => {
      const text = wordAppState(state);
      const next = JSON.stringify([state, recentProfiles]);
      // Windows closes an open menu when it is replaced.
      if (next === shown) return;
      shown = next;
      tray.setImage(icons.tray(state.kind));
      tray.setToolTip(`Siloscope: ${text}`);
      tray.setContextMenu(buildMenu(trayItems(text, recentProfiles, act)));
    },
  };
}

/** The menu of the icon. */
export function trayItems(state: string, recentProfiles: readonly string[], act: TrayActs): MenuItem[] {
  const { tray } = windowMenuWords;
  return [
    { label: tray.open, click: () => act.show() },
    { label: state, enabled: false },
    { type: 'separator' },
    ...(recentProfiles.length === 0
      ? []
      : [
          {
            label: tray.recent,
            submenu: recentProfiles.map(profile => ({
              label: tray.launch(profile),
              click: () => act.prefill(profile),
            })),
          },
        ]),
    { label: tray.visibility, click: () => act.show('#/visibility') },
    { label: tray.settings, click: () => act.show('#/settings') },
    { type: 'separator' },
    { label: tray.exit, click: () => act.quit() },
  ];
}
