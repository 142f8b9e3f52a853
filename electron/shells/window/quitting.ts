import type { Clock } from '../../../shared/base/clock.ts';

/** What of Electron's `app` takes part in ending. */
export interface QuittingApp {
  on(event: 'before-quit', listener: () => void): unknown;
  on(event: 'will-quit', listener: (event: { preventDefault(): void }) => void): unknown;
  quit(): void;
  exit(): void;
}

/** Longer than any orderly end; a service that hangs must not keep the app for ever. */
const LONGEST_END_MS = 10_000;

/**
 * Ends in order: `end` is waited for once, but not for ever, and whatever becomes of it the app goes. Answers whether the
 * app is about to end.
 */
export function quitInOrder(app: QuittingApp, end: () => Promise<void>, clock: Clock): () => boolean {
  let quitting = false;
  let ending = false;
  app.on('before-quit', () => {
    quitting = true;
  });
  app.on('will-quit', event => {
    event.preventDefault();
    if (ending) return;
    ending = true;
    const limit = clock.after(LONGEST_END_MS, () => app.exit());
    const go = (): void => {
      limit.dispose();
      app.exit();
    };
    end().then(go, go);
  });
  return () => quitting;
}
