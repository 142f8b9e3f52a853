/** Should a page be hidden while it waits, it draws no frame: then it waits no longer than this. */
const LONGEST_MS = 1_000;
/** A page that is never idle goes on after this. */
const SOON_MS = 100;

/**
 * Settles once the page has shown its first frame. What comes later waits for it: its code, however small, would be
 * run before that frame and keep it back.
 */
export function firstFrame(): Promise<void> {
  if (document.visibilityState === 'hidden') return Promise.resolve();
  return new Promise(resolve => {
    const timer = setTimeout(resolve, LONGEST_MS);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      whenIdle(resolve);
    });
  });
}

/** A timer may run before the frame is on the screen, and before a press of who saw it: idle time is after both. */
function whenIdle(run: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(() => run(), { timeout: SOON_MS });
  else setTimeout(run);
}
