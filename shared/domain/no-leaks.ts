import type { Policy } from './policy.ts';

/** The built-in policy: nothing is seen outside its own namespace. */
export const NO_LEAKS: Policy = {
  name: 'no-leaks',
  rules: [{ seenFrom: 'anywhere', allow: false, reason: 'No volume may be seen outside its own namespace.' }],
};
