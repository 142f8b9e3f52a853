import type { CSSProperties } from 'react';

/** What the tracks of a table's grid are made of. */
export interface TrackColumn {
  /** A track of a CSS grid, e.g. `minmax(120px, 2fr)`. */
  readonly width: string;
  /** Left out where there is little room. */
  readonly wideOnly?: boolean;
}

/** Between two columns, and beside the first and the last of them with the frame and its scrollbar, in px. */
const GAP_PX = 16;
const AROUND_PX = 48;

/** In how much room columns can stand beside each other, in px, by the least that each takes. */
export function leastWidth(columns: readonly TrackColumn[]): number {
  const tracks = columns.map(({ width }) => Number(/(\d+)px/.exec(width)?.[1] ?? 0));
  return tracks.reduce((sum, track) => sum + track + GAP_PX, AROUND_PX - GAP_PX);
}

/** The grid of a table's columns, and the one where there is little room, for its style sheet. */
export function tableTracks(columns: readonly TrackColumn[]): CSSProperties {
  return {
    '--tracks': columns.map(({ width }) => width).join(' '),
    '--tracks-narrow': columns
      .filter(({ wideOnly }) => wideOnly !== true)
      .map(({ width }) => width.replace(/minmax\(\d+px/, 'minmax(0'))
      .join(' '),
  } as CSSProperties;
}
