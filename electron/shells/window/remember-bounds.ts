import type { Clock } from '../../../shared/base/clock.ts';
import type { Disposable } from '../../../shared/base/disposables.ts';
import type { KeptFile } from './kept-file.ts';
import type { Bounds, WindowMemory } from './window-memory.ts';

/** What of the window is remembered. */
export interface PlacedWindow {
  on(event: 'resize' | 'move' | 'close', listener: () => void): unknown;
  isDestroyed(): boolean;
  isVisible(): boolean;
  isMaximized(): boolean;
  isMinimized(): boolean;
  getNormalBounds(): Bounds;
}

/** Dragging makes hundreds of events a second; one write after the hand has come to rest is enough. */
const REST_MS = 500;

/** Remembers where the window stands, and its size before it was maximized. */
export function rememberBounds(window: PlacedWindow, memory: KeptFile<WindowMemory>, clock: Clock): Disposable {
  let timer: Disposable | undefined;
  const keep = (): void => {
    timer?.dispose();
    timer = undefined;
    // One that was not brought up since a start in the notification area is not maximized yet.
    if (window.isDestroyed() || !window.isVisible() || window.isMinimized()) return;
    const { x, y, width, height } = window.getNormalBounds();
    memory.keep({ ...memory.value, bounds: { x, y, width, height }, maximized: window.isMaximized() });
  };
  const later = (): void => {
    timer?.dispose();
    timer = clock.after(REST_MS, keep);
  };
  window.on('resize', later);
  window.on('move', later);
  window.on('close', keep);
  return {
    dispose: () => {
      timer?.dispose();
      timer = undefined;
    },
  };
}
