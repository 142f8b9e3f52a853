import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, type ReactElement, type ReactNode, useCallback, useEffect, useMemo, useRef } from 'react';
import css from './DataTable.module.css';
import shared from './rows.module.css';
import { TableHead, type TitledColumn } from './TableHead.tsx';
import { drawnColumns, tableTracks } from './table-tracks.ts';
import { useNarrow } from './use-narrow.ts';

export interface Column<R> extends TitledColumn {
  /** `isNarrow`: there is little room, and columns for wide tables are not drawn. */
  readonly render: (row: R, isNarrow: boolean) => ReactNode;
}

export interface DataTableProps<R> {
  readonly label: string;
  readonly columns: readonly Column<R>[];
  readonly rows: readonly R[];
  readonly keyOf: (row: R) => string;
  readonly isMarked?: (row: R) => boolean;
  /** The usual height of a row; each is measured. */
  readonly rowPx?: number;
  /** Stay at the end while rows are added there, as long as the reader is there. */
  readonly followEnd?: boolean;
}

const NEAR_END_PX = 40;

/** A table that draws only the rows in sight. */
export function DataTable<R>(props: DataTableProps<R>): ReactElement {
  const { label, columns, rows, keyOf, isMarked, rowPx = 40, followEnd = false } = props;
  const scroll = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const isNarrow = useNarrow(scroll, columns);
  const shown = useMemo(() => drawnColumns(columns, isNarrow), [columns, isNarrow]);
  // A new function makes the virtualizer lay out every row anew, ten thousand of them in each frame of a scroll.
  const getItemKey = useCallback(
    (index: number) => {
      const row = rows[index];
      return row === undefined ? index : keyOf(row);
    },
    [rows, keyOf],
  );
  const drawn = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowPx,
    getItemKey,
    overscan: 6,
    initialRect: { width: 900, height: 600 },
  });
  useEffect(() => {
    if (followEnd && atEnd.current && rows.length > 0) drawn.scrollToIndex(rows.length - 1, { align: 'end' });
  }, [drawn, followEnd, rows.length]);
  return (
    <div
      ref={scroll}
      className={`${shared['scroll']} ${css['scroll']}`}
      data-narrow={isNarrow || undefined}
      {...REACHABLE}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
      }}
    >
      <table
        className={shared['table']}
        aria-label={label}
        aria-rowcount={rows.length + 1}
        style={tableTracks(shown, isNarrow)}
      >
        <TableHead columns={shown} className={css['head']} />
        <tbody className={shared['body']} style={{ height: drawn.getTotalSize() }}>
          {drawn.getVirtualItems().map(({ index, key, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <Row
                key={key}
                row={row}
                columns={shown}
                isNarrow={isNarrow}
                index={index}
                start={start}
                rowPx={rowPx}
                isMarked={isMarked?.(row) === true}
                measure={drawn.measureElement}
              />
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** A region that scrolls must be reachable by keyboard, even when nothing in it can be pressed. */
const REACHABLE = { tabIndex: 0 } as const;

interface RowProps<R> {
  readonly row: R;
  readonly columns: readonly Column<R>[];
  readonly isNarrow: boolean;
  readonly index: number;
  readonly start: number;
  readonly rowPx: number;
  readonly isMarked: boolean;
  readonly measure: (element: HTMLTableRowElement | null) => void;
}

function DrawnRow<R>({ row, columns, isNarrow, index, start, rowPx, isMarked, measure }: RowProps<R>): ReactElement {
  return (
    <tr
      ref={measure}
      data-index={index}
      className={`${shared['row']} ${css['row']} ${isMarked ? shared['marked'] : ''}`}
      aria-rowindex={index + 2}
      style={{ transform: `translateY(${start}px)`, minHeight: rowPx }}
    >
      {columns.map(({ key, render }) => (
        <td key={key} className={`${shared['cell']} ${css['cell']}`}>
          {render(row, isNarrow)}
        </td>
      ))}
    </tr>
  );
}

/** While the table scrolls, the rows that stay are not drawn anew. */
const Row = memo(DrawnRow) as typeof DrawnRow;
