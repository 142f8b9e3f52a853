import { wordAppState } from '../../../shared/wording/window-state.ts';
import type { AppState } from './judge-app-state.ts';
import type { Work } from './work-tap.ts';

/** What of the window shows on its taskbar button; `Image` is whatever its pictures are. */
export interface TaskbarWindow<Image> {
  isDestroyed(): boolean;
  setProgressBar(fraction: number, options?: { mode: 'none' | 'normal' | 'indeterminate' | 'error' }): void;
  setOverlayIcon(overlay: Image | null, description: string): void;
}

/** How far all that runs is, as one bar: the mean of those who can say; `unknown` when none can. */
export function joinedProgress(running: readonly Work[]): number | 'unknown' | undefined {
  if (running.length === 0) return undefined;
  const known = running.flatMap(({ fraction }) => (fraction === undefined ? [] : [fraction]));
  if (known.length === 0) return 'unknown';
  return known.reduce((sum, fraction) => sum + fraction, 0) / known.length;
}

/** Progress on the taskbar button, and a badge while something leaks or is expected to. */
export function showOnTaskbar<Image>(
  window: TaskbarWindow<Image>,
  leakBadge: Image,
): {
  update(state: AppState, running: readonly Work[]): void;
} {
  let badge = '';
  let bar: ReturnType<typeof joinedProgress>;
  return {
    update: (state, running) => {
      if (window.isDestroyed()) return;
      const progress = joinedProgress(running);
      if (progress !== bar) {
        bar = progress;
        drawBar(window, progress);
      }
      const text = state.kind === 'leak' ? wordAppState(state) : '';
      if (text === badge) return;
      badge = text;
      window.setOverlayIcon(text === '' ? null : leakBadge, text);
    },
  };
}

function drawBar(window: TaskbarWindow<never>, progress: number | 'unknown' | undefined): void {
  if (progress === undefined) window.setProgressBar(-1, { mode: 'none' });
  else if (progress === 'unknown') window.setProgressBar(2, { mode: 'indeterminate' });
  else window.setProgressBar(progress, { mode: 'normal' });
}
