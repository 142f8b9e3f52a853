import { windowAskWords } from '../../../shared/wording/window-ask.ts';
import type { KeptFile } from './kept-file.ts';
import type { WindowMemory } from './window-memory.ts';

/** What of the window takes part in closing. */
export interface ClosingWindow {
  on(event: 'close', listener: (event: { preventDefault(): void }) => void): unknown;
  hide(): void;
}

export interface ClosingOptions {
  readonly window: ClosingWindow;
  readonly memory: KeptFile<WindowMemory>;
  /** The person has asked the whole app to end, or Windows ends the session. */
  readonly isQuitting: () => boolean;
  /** The user wants the app to go on without its window. */
  readonly stays: () => boolean;
  readonly quit: () => void;
  readonly tell: (title: string, detail: string) => void;
}

/**
 * Closing hides the window while the app goes on in the notification area, and says so the first time; or it ends the
 * app, in its order, where the user wants that.
 */
export function closeToTray({ window, memory, isQuitting, stays, quit, tell }: ClosingOptions): void {
  window.on('close', event => {
    if (isQuitting()) return;
    event.preventDefault();
    if (!stays()) {
      quit();
      return;
    }
    window.hide();
    if (memory.value.toldOfTray) return;
    memory.keep({ ...memory.value, toldOfTray: true });
    tell(windowAskWords.stillRunning.title, windowAskWords.stillRunning.body);
  });
}
