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
  /** The person (or Windows) has asked the whole app to end. */
  readonly isQuitting: () => boolean;
  readonly tell: (title: string, detail: string) => void;
}

/** Closing hides the window while the app goes on in the notification area, and says so the first time. */
export function closeToTray({ window, memory, isQuitting, tell }: ClosingOptions): void {
  window.on('close', event => {
    if (isQuitting()) return;
    event.preventDefault();
    window.hide();
    if (memory.value.toldOfTray) return;
    memory.keep({ ...memory.value, toldOfTray: true });
    tell(windowAskWords.stillRunning.title, windowAskWords.stillRunning.body);
  });
}
