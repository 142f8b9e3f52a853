import type { ImageRow } from './image-row.ts';

/** Whether an image may run here under process isolation: what no source denies is tried. */
export const mayRun = ({ verdict: { runs } }: ImageRow): boolean =>
  runs === 'yes' || runs === 'untested' || runs === 'try';

/** The image that a launch takes when none is named: a base image that is here, else one built on such, else one to pull. */
export function preferredImage(rows: readonly ImageRow[]): ImageRow | undefined {
  const fitting = rows.filter(mayRun);
  const bases = fitting.filter(({ family }) => family !== 'other');
  return bases.find(({ local }) => local) ?? fitting.find(({ local }) => local) ?? bases[0];
}
