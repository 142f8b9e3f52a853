import type { ReactElement } from 'react';
import type { Column } from './DataTable.tsx';
import shared from './rows.module.css';

/** The titles of the columns, which stay where they are while the rows scroll. */
export function TableHead<R>({
  columns,
  className = '',
}: {
  readonly columns: readonly Column<R>[];
  readonly className?: string | undefined;
}): ReactElement {
  return (
    <thead className={shared['top']}>
      <tr className={`${shared['head']} ${className}`} aria-rowindex={1}>
        {columns.map(({ key, title, wideOnly }) => (
          <th key={key} scope="col" className={wideOnly ? shared['wide'] : undefined}>
            {title}
          </th>
        ))}
      </tr>
    </thead>
  );
}
