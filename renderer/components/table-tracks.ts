import type { CSSProperties } from 'react';

/** What the tracks of a table's grid are made of. */
export interface TrackColumn {
  /** A track of a CSS grid, e.g. `minmax(120px, 2fr)`. */
  readonly width: string;
  /** Left out where there is little room. */
  readonly wideOnly?: boolean;
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
