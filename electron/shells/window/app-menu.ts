import { SCREENS } from '../../../shared/domain/screen.ts';
import { shellWords } from '../../../shared/wording/screen-shell.ts';
import { windowMenuWords } from '../../../shared/wording/window-menu.ts';
import type { MenuItem } from './menu-item.ts';
import { screenFragment } from './page-fragment.ts';

export interface MenuActs {
  readonly show: (fragment?: string) => void;
  /** Presses a key in the page, as a person would. */
  readonly press: (key: PageKey) => void;
  readonly closeWindow: () => void;
  readonly openOutside: (url: string) => void;
  readonly lookForUpdates: () => void;
  readonly about: () => void;
  readonly quit: () => void;
}

/** A key the page answers by itself. */
export interface PageKey {
  readonly keyCode: string;
  readonly modifiers: readonly 'control'[];
}

const REFRESH: PageKey = { keyCode: 'F5', modifiers: [] };
const FIND: PageKey = { keyCode: 'F', modifiers: ['control'] };
const COMMANDS: PageKey = { keyCode: 'K', modifiers: ['control'] };
const HELP: PageKey = { keyCode: 'F1', modifiers: [] };

/** The window's menu, in the order and with the keys that Windows users know. The page's own keys are only shown. */
export function appMenu(act: MenuActs): MenuItem[] {
  const { menu } = windowMenuWords;
  const { screens } = shellWords;
  const pressed = (label: string, accelerator: string, key: PageKey): MenuItem => ({
    label,
    accelerator,
    registerAccelerator: false,
    click: () => act.press(key),
  });
  return [
    {
      label: menu.file,
      submenu: [
        { label: menu.newLaunch, accelerator: 'Ctrl+N', click: () => act.show(screenFragment('launch')) },
        { type: 'separator' },
        { label: menu.settings, accelerator: 'Ctrl+,', click: () => act.show(screenFragment('settings')) },
        { type: 'separator' },
        { label: menu.close, accelerator: 'Ctrl+W', click: () => act.closeWindow() },
        { label: menu.exit, accelerator: 'Ctrl+Q', click: () => act.quit() },
      ],
    },
    {
      label: menu.edit,
      submenu: [
        { role: 'undo', label: menu.undo },
        { role: 'redo', label: menu.redo },
        { type: 'separator' },
        { role: 'cut', label: menu.cut },
        { role: 'copy', label: menu.copy },
        { role: 'paste', label: menu.paste },
        { role: 'selectAll', label: menu.selectAll },
        { type: 'separator' },
        pressed(menu.find, 'Ctrl+F', FIND),
      ],
    },
    {
      label: menu.view,
      submenu: [
        ...SCREENS.map((screen, index) => ({
          label: screens[screen],
          accelerator: `Ctrl+${index + 1}`,
          registerAccelerator: false,
          click: () => act.show(screenFragment(screen)),
        })),
        { type: 'separator' },
        pressed(menu.refresh, 'F5', REFRESH),
        pressed(menu.commands, 'Ctrl+K', COMMANDS),
        { type: 'separator' },
        { role: 'zoomIn', label: menu.zoomIn },
        // The key that has the plus has it behind Shift on most keyboards.
        { role: 'zoomIn', label: menu.zoomIn, accelerator: 'Ctrl+=', visible: false },
        { role: 'zoomOut', label: menu.zoomOut },
        { role: 'resetZoom', label: menu.resetZoom },
        { role: 'togglefullscreen', label: menu.fullScreen },
      ],
    },
    {
      label: menu.help,
      submenu: [
        pressed(menu.thisScreen, 'F1', HELP),
        { label: menu.winfsp, click: () => act.openOutside('https://winfsp.dev/doc/') },
        { label: menu.containers, click: () => act.openOutside(CONTAINER_PAGE) },
        { type: 'separator' },
        { label: menu.updates, click: () => act.lookForUpdates() },
        { label: menu.about, click: () => act.about() },
      ],
    },
  ];
}

/** Which Windows runs which base image: the question behind most launches that fail. */
const CONTAINER_PAGE =
  'https://learn.microsoft.com/virtualization/windowscontainers/deploy-containers/version-compatibility';
