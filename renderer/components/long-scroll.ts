/** How long a list is, and how much of it is seen at once, in px. */
export interface Track {
  readonly length: number;
  readonly view: number;
}

/** Browsers clip elements that are higher (Firefox at 17.8 million px, Chromium at 33.5). */
export const LONGEST_AREA = 8_000_000;

/** Where a scroll area that is no higher than browsers can draw stands, when the list is to be seen from `top` on. */
export function scrollOf(
  track: Track,
  top: number,
): { readonly area: number; readonly scrolled: number; readonly top: number } {
  const area = Math.min(track.length, LONGEST_AREA);
  const farthest = Math.max(0, track.length - track.view);
  const place = Math.max(0, Math.min(farthest, top));
  return { area, top: place, scrolled: farthest === 0 ? 0 : (place / farthest) * Math.max(0, area - track.view) };
}

/** Which place of the list a scroll area shows: the undo of `scrollOf`. */
export function placeOf(track: Track, scrolled: number): number {
  const area = Math.min(track.length, LONGEST_AREA);
  const farthest = Math.max(0, track.length - track.view);
  const range = area - track.view;
  return range <= 0 ? 0 : Math.max(0, Math.min(farthest, (scrolled / range) * farthest));
}
