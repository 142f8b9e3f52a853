import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, memo, type ReactElement, useEffect, useRef, useState } from 'react';
import type { Evidence } from '../../shared/domain/evidence.ts';
import { EvidenceMark } from './EvidenceMark.tsx';
import { type GridPlace, gridMove } from './grid-keys.ts';
import css from './MatrixGrid.module.css';
import { plainText } from './plain-text.ts';
import { StatusMark } from './StatusMark.tsx';
import type { Tone } from './tone.ts';

/** A row's or a column's name: a main line with an icon, a line below. */
export interface MatrixHead {
  readonly key: string;
  readonly main: string;
  readonly sub: string;
  readonly icon: ReactElement;
}

/** A cell: icon, word, and how well it is known. Colour only repeats what they say. */
export interface MatrixCell {
  readonly tone: Tone;
  readonly word: string;
  readonly icon: ReactElement;
  readonly evidence: Pick<Evidence, 'rank' | 'ground'>;
}

export interface MatrixGridProps {
  readonly label: string;
  readonly corner: string;
  readonly rows: readonly MatrixHead[];
  readonly columns: readonly MatrixHead[];
  readonly cell: (row: number, column: number) => MatrixCell;
  readonly selected: GridPlace | undefined;
  readonly onSelect: (place: GridPlace) => void;
}

const ROW_PX = 46;
const COLUMN_PX = 134;

/** A grid that draws only what is in sight, in both directions, and can be walked by keyboard alone. */
export function MatrixGrid(props: MatrixGridProps): ReactElement {
  const { label, corner, rows, columns, cell, selected, onSelect } = props;
  const scroll = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<GridPlace>({ row: 0, column: 0 });
  const [headPx, setHeadPx] = useState(250);
  const wantsFocus = useRef(false);
  const at: GridPlace = {
    row: Math.min(active.row, Math.max(0, rows.length - 1)),
    column: Math.min(active.column, Math.max(0, columns.length - 1)),
  };

  // The cell that holds the focus stays drawn when it is scrolled out of sight; else the focus would be lost.
  const withActive = (index: number) => (range: Range) => {
    const drawn = defaultRangeExtractor(range);
    return drawn.includes(index) || index >= range.count ? drawn : [...drawn, index].sort((a, b) => a - b);
  };
  const rowWindow = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_PX,
    overscan: 6,
    rangeExtractor: withActive(at.row),
    scrollPaddingStart: 58,
    initialRect: { width: 900, height: 600 },
  });
  const columnWindow = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => COLUMN_PX,
    overscan: 2,
    rangeExtractor: withActive(at.column),
    paddingStart: headPx,
    scrollPaddingStart: headPx,
    initialRect: { width: 900, height: 600 },
  });

  useEffect(() => {
    const element = scroll.current;
    if (element === null) return;
    const measure = (): void => {
      const px = Number.parseInt(getComputedStyle(element).getPropertyValue('--row-head'), 10);
      if (Number.isFinite(px)) setHeadPx(px);
    };
    measure();
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, []);

  useEffect(() => {
    columnWindow.measure();
  }, [columnWindow, headPx]);

  useEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    scroll.current?.querySelector<HTMLElement>(`[data-place="${at.row}:${at.column}"]`)?.focus({ preventScroll: true });
  });

  const go = (place: GridPlace): void => {
    wantsFocus.current = true;
    setActive(place);
    rowWindow.scrollToIndex(place.row);
    columnWindow.scrollToIndex(place.column);
    onSelect(place);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor((scroll.current?.clientHeight ?? 0) / ROW_PX) - 2);
    const size = { rows: rows.length, columns: columns.length, page };
    const next = gridMove(at, size, event.key, event.ctrlKey);
    if (next === undefined || event.altKey || event.shiftKey || event.metaKey) return;
    event.preventDefault();
    go(next);
  };
  const onClick = (event: MouseEvent): void => {
    const place = event.target instanceof Element ? event.target.closest('[data-place]') : null;
    const [row, column] = (place?.getAttribute('data-place') ?? '').split(':').map(Number);
    if (row !== undefined && column !== undefined) go({ row, column });
  };

  const width = columnWindow.getTotalSize();
  const drawnColumns = columnWindow.getVirtualItems();
  return (
    <div
      ref={scroll}
      className={css['scroll']}
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length + 1}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <div className={css['head']} role="row" aria-rowindex={1} style={{ width }}>
        <div className={css['corner']} role="columnheader" aria-colindex={1}>
          {corner}
        </div>
        {drawnColumns.map(({ index, start, size }) => (
          <div
            key={columns[index]?.key}
            className={css['columnHead']}
            role="columnheader"
            aria-colindex={index + 2}
            style={{ left: start, width: size }}
          >
            <Head head={columns[index]} />
          </div>
        ))}
      </div>
      <div className={css['body']} role="rowgroup" style={{ width, height: rowWindow.getTotalSize() }}>
        {rowWindow.getVirtualItems().map(({ index: row, start, size }) => (
          <div
            key={rows[row]?.key}
            className={css['row']}
            role="row"
            aria-rowindex={row + 2}
            style={{ transform: `translateY(${start}px)`, height: size, width }}
          >
            <div className={css['rowHead']} role="rowheader" aria-colindex={1}>
              <Head head={rows[row]} />
            </div>
            {drawnColumns.map(({ index: column, start: left, size: cellWidth }) => (
              <Cell
                key={columns[column]?.key}
                row={row}
                column={column}
                left={left}
                width={cellWidth}
                shown={cell(row, column)}
                isActive={row === at.row && column === at.column}
                isSelected={row === selected?.row && column === selected.column}
              />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

function Head({ head }: { readonly head: MatrixHead | undefined }): ReactElement | null {
  if (head === undefined) return null;
  const main = plainText(head.main);
  return (
    <>
      <div className={css['main']}>
        {head.icon}
        <span title={main}>{main}</span>
      </div>
      <div className={css['sub']} title={plainText(head.sub)}>
        {plainText(head.sub)}
      </div>
    </>
  );
}

interface CellProps {
  readonly row: number;
  readonly column: number;
  readonly left: number;
  readonly width: number;
  readonly shown: MatrixCell;
  readonly isActive: boolean;
  readonly isSelected: boolean;
}

const Cell = memo(function Cell({ row, column, left, width, shown, isActive, isSelected }: CellProps) {
  return (
    <div
      role="gridcell"
      aria-colindex={column + 2}
      aria-selected={isSelected}
      tabIndex={isActive ? 0 : -1}
      data-place={`${row}:${column}`}
      className={`${css['cell']} ${css[shown.tone]}`}
      style={{ left, width }}
    >
      <StatusMark tone={shown.tone} word={shown.word} icon={shown.icon} />
      <EvidenceMark rank={shown.evidence.rank} ground={shown.evidence.ground} />
    </div>
  );
});
