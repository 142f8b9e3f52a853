/**
 * Whether a file name matches a pattern of `*` and `?`, case-insensitive, as FindFirstFile does for plain patterns:
 * `*.*` means everything, `*.` names without a dot, a trailing `?` matches nothing as well.
 */
export function matchesWildcard(pattern: string, name: string): boolean {
  const wanted = pattern.toLowerCase();
  const given = name.toLowerCase();
  if (wanted === '*' || wanted === '*.*') return true;
  if (wanted === '*.') return !given.includes('.');
  const stem = wanted.endsWith('.*') ? wanted.slice(0, -2) : undefined;
  if (stem !== undefined && !given.includes('.') && matches(stem, given)) return true;
  return matches(wanted, given);
}

export function hasWildcard(text: string): boolean {
  // The question mark of `\\?\` is part of the path's form, as in `copy \\?\GLOBALROOT\Device\...`.
  return /[*?]/.test(text.replace(/^"?\\\\\?\\/, ''));
}

/** Linear in pattern x name: one remembered star, no recursion. */
function matches(pattern: string, name: string): boolean {
  let at = 0;
  let place = 0;
  let star = -1;
  let mark = 0;
  while (place < name.length) {
    const token = pattern[at];
    if (token === '*') {
      star = at++;
      mark = place;
    } else if (token !== undefined && (token === '?' || token === name[place])) {
      at++;
      place++;
    } else if (star >= 0) {
      at = star + 1;
      place = ++mark;
    } else return false;
  }
  while (pattern[at] === '*' || pattern[at] === '?') at++;
  return at === pattern.length;
}
