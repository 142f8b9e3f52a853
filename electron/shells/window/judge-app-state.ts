import type { HostView } from './host-watch.ts';

/** What the icon says. A leak outranks trouble: trouble shows wherever one looks, a leak nowhere else. */
export type AppState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'busy'; readonly count: number }
  /** `count` were seen to leak; of `expected` more a rule alone says so. */
  | { readonly kind: 'leak'; readonly count: number; readonly expected: number }
  | { readonly kind: 'error'; readonly trouble: NonNullable<HostView['trouble']> };

/** One state for icon, word and badge. */
export function judgeAppState({ leaks, expectedLeaks, trouble }: HostView, running: number): AppState {
  if (leaks.length + expectedLeaks.length > 0)
    return { kind: 'leak', count: leaks.length, expected: expectedLeaks.length };
  if (trouble !== undefined) return { kind: 'error', trouble };
  return running > 0 ? { kind: 'busy', count: running } : { kind: 'idle' };
}
