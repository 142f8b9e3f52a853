import type { ReactElement } from 'react';
import shared from './rows.module.css';
import type { TrackColumn } from './table-tracks.ts';

/** A column as its title shows it. */
export interface TitledColumn extends TrackColumn {
  readonly key: string;
  readonly title: string;
}

/** The titles of the columns, which stay where they are while the rows scroll. */
export function TableHead({
  columns,
  className = '',
}: {
  readonly columns: readonly TitledColumn[];
  readonly className?: string | undefined;
}): ReactElement {
  return (
    <thead className={shared['top']}>
      <tr className={`${shared['head']} ${className}`} aria-rowindex={1}>
        {columns.map(({ key, title }) => (
          <th key={key} scope="col">
            {title}
          </th>
        ))}
      </tr>
    </thead>
  );
}
