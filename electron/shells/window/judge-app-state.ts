import type { HostView } from './host-watch.ts';

/** What the icon says. A leak outranks trouble: trouble shows wherever one looks, a leak nowhere else. */
export type AppState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'busy'; readonly count: number }
  | { readonly kind: 'leak'; readonly count: number }
  | { readonly kind: 'error'; readonly trouble: NonNullable<HostView['trouble']> };

/** One state for icon, word and badge. */
export function judgeAppState({ leaks, trouble }: HostView, running: number): AppState {
  if (leaks.length > 0) return { kind: 'leak', count: leaks.length };
  if (trouble !== undefined) return { kind: 'error', trouble };
  return running > 0 ? { kind: 'busy', count: running } : { kind: 'idle' };
}
