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

/** The columns that are drawn: where there is little room, those for wide tables are not. */
export function drawnColumns<C extends TrackColumn>(columns: readonly C[], isNarrow: boolean): readonly C[] {
  return isNarrow ? columns.filter(({ wideOnly }) => wideOnly !== true) : columns;
}

/** The grid of the columns that are drawn, for a table's style sheet: where there is little room, they give way. */
export function tableTracks(drawn: readonly TrackColumn[], isNarrow: boolean): CSSProperties {
  const tracks = drawn.map(({ width }) => (isNarrow ? width.replace(/minmax\(\d+px/, 'minmax(0') : width));
  return { '--tracks': tracks.join(' ') } as CSSProperties;
}
