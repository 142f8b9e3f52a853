/** What of Electron's `app` takes part in ending. */
export interface QuittingApp {
  on(event: 'before-quit', listener: () => void): unknown;
  on(event: 'will-quit', listener: (event: { preventDefault(): void }) => void): unknown;
  quit(): void;
  exit(): void;
}

/** Ends in order: `end` is waited for once, then the app goes. Answers whether the app is about to end. */
export function quitInOrder(app: QuittingApp, end: () => Promise<void>): () => boolean {
  let quitting = false;
  let ending = false;
  app.on('before-quit', () => {
    quitting = true;
  });
  app.on('will-quit', event => {
    event.preventDefault();
    if (ending) return;
    ending = true;
    void end().finally(() => app.exit());
  });
  return () => quitting;
}
