import { join } from 'node:path';
import type { AppState } from './judge-app-state.ts';

/** Where the pictures of the app are; made by electron/build/icons.mjs. */
export interface IconFiles {
  /** The window's: `.ico` where Windows picks a size, a large `.png` elsewhere. */
  readonly window: string;
  readonly tray: (state: AppState['kind']) => string;
  /** The badge over the taskbar button. */
  readonly leakBadge: string;
}

export function iconFiles(root: string, platform: NodeJS.Platform): IconFiles {
  const folder = join(root, 'assets', 'icons');
  const ending = platform === 'win32' ? 'ico' : 'png';
  return {
    window: join(folder, platform === 'win32' ? 'siloscope.ico' : 'siloscope-256.png'),
    tray: state => join(folder, `tray-${state}.${ending}`),
    leakBadge: join(folder, 'badge-leak.png'),
  };
}
