import { assertNever } from '../base/assert-never.ts';

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'busy'; readonly count: number }
  | { readonly kind: 'leak'; readonly count: number; readonly expected: number }
  | { readonly kind: 'error'; readonly trouble: 'host-lost' | 'engine-gone' | 'fsd-gone' };

const TROUBLES = {
  'host-lost': 'error, the host is out of reach',
  'engine-gone': 'error, the engine does not answer',
  'fsd-gone': 'error, the file system driver is not running',
} as const;

/** The state of the app as a word or two, for the icon's tooltip and its menu. */
export function wordAppState(state: State): string {
  switch (state.kind) {
    case 'idle':
      return 'idle';
    case 'busy':
      return state.count === 1 ? 'busy with one task' : `busy with ${state.count} tasks`;
    case 'leak':
      return wordLeaks(state);
    case 'error':
      return TROUBLES[state.trouble];
    default:
      return assertNever(state, 'state of the app');
  }
}

/** What was seen and what a rule expects are counted apart. */
function wordLeaks({ count, expected }: Extract<State, { readonly kind: 'leak' }>): string {
  const seen = count === 1 ? 'one volume is seen outside' : `${count} volumes are seen outside`;
  const more = expected === 1 ? 'one volume is expected to leak' : `${expected} volumes are expected to leak`;
  if (count === 0) return `${more}, not tested`;
  const leaks = `${count === 1 ? 'leak' : 'leaks'}, ${seen}`;
  return expected === 0 ? leaks : `${leaks}; ${more}`;
}
