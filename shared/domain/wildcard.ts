/**
 * Whether a text matches a pattern of `*` (any characters) and `?` (one), without case unless `exact`. Takes at most
 * length times length steps.
 */
export function matchesWildcard(pattern: string, text: string, { exact = false } = {}): boolean {
  const wanted = exact ? pattern : pattern.toLowerCase();
  const given = exact ? text : text.toLowerCase();
  let at = 0;
  let next = 0;
  /** Where the last star is, and what it has swallowed up to. */
  let star = -1;
  let swallowed = 0;
  while (next < given.length) {
    if (at < wanted.length && wanted[at] === '*') {
      star = at++;
      swallowed = next;
    } else if (at < wanted.length && (wanted[at] === '?' || wanted[at] === given[next])) {
      at++;
      next++;
    } else if (star >= 0) {
      at = star + 1;
      next = ++swallowed;
    } else {
      return false;
    }
  }
  while (wanted[at] === '*') at++;
  return at === wanted.length;
}
