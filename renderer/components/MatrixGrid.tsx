import { defaultRangeExtractor, type Range, useVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type MouseEvent,
  memo,
  type ReactElement,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import type { Evidence } from '../../shared/domain/evidence.ts';
import { CellTip, useCellTip } from './CellTip.tsx';
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
  /** What a letter does to the cell that has the focus. */
  readonly keys?: Readonly<Record<string, (place: GridPlace) => void>>;
  /** What is said of a cell beside it, on hover and focus, a line each. */
  readonly tip?: (place: GridPlace) => readonly string[];
}

/** The ARIA grid pattern on a real table: https://www.w3.org/WAI/ARIA/apg/patterns/grid/ */
const GRID = { role: 'grid' } as const;
const gridcell = (isSelected: boolean) => ({ role: 'gridcell', 'aria-selected': isSelected }) as const;

const ROW_PX = 46;
/** Columns share the room that there is, within these bounds. */
const COLUMN_PX = 136;
const WIDEST_COLUMN_PX = 220;
const OVERSCAN_ROWS = 3;

/** A grid that draws only what is in sight, in both directions, and can be walked by keyboard alone. */
export function MatrixGrid(props: MatrixGridProps): ReactElement {
  const { label, corner, rows, columns, cell, selected, onSelect, keys, tip } = props;
  const tips = useCellTip();
  const scroll = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<GridPlace>({ row: 0, column: 0 });
  const [headPx, setHeadPx] = useState(232);
  const [columnPx, setColumnPx] = useState(COLUMN_PX);
  const wantsFocus = useRef(false);
  const at: GridPlace = {
    row: Math.min(active.row, Math.max(0, rows.length - 1)),
    column: Math.min(active.column, Math.max(0, columns.length - 1)),
  };

  const rowRange = useWithActive(at.row);
  const columnRange = useWithActive(at.column);
  const rowWindow = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN_ROWS,
    rangeExtractor: rowRange,
    scrollPaddingStart: 58,
    initialRect: { width: 900, height: 600 },
  });
  const columnWindow = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => columnPx,
    overscan: 1,
    rangeExtractor: columnRange,
    paddingStart: headPx,
    scrollPaddingStart: headPx,
    initialRect: { width: 900, height: 600 },
  });

  useEffect(() => {
    const element = scroll.current;
    if (element === null) return;
    const measure = (): void => {
      const px = Number.parseInt(getComputedStyle(element).getPropertyValue('--row-head'), 10);
      if (!Number.isFinite(px)) return;
      setHeadPx(px);
      const share = Math.floor((element.clientWidth - px) / Math.max(1, columns.length));
      setColumnPx(Math.min(WIDEST_COLUMN_PX, Math.max(COLUMN_PX, share)));
    };
    measure();
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, [columns.length]);

  // Of another width it lays its columns out anew only when it is told.
  useEffect(() => {
    if (columnPx > 0) columnWindow.measure();
  }, [columnWindow, columnPx]);

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
    const act = event.ctrlKey || event.altKey || event.metaKey ? undefined : keys?.[event.key.toLowerCase()];
    if (event.key === 'Escape') tips.hide();
    if (act !== undefined) {
      event.preventDefault();
      onSelect(at);
      act(at);
      return;
    }
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
  const drawnRows = rowWindow.getVirtualItems();
  // A row that comes into sight is written over one that left: to make it anew costs many times as much. The one with
  // the focus keeps its own. As many slots as can ever be drawn at this height, so that none is wanted twice.
  const inSight = Math.ceil((rowWindow.scrollRect?.height ?? 0) / ROW_PX) + 1;
  const slots = Math.max(drawnRows.length, inSight + 2 * OVERSCAN_ROWS);
  // While it scrolls, rows stand in the order of their slots: to move one in the document draws all of it anew. At rest
  // they stand as they are read.
  const standing = rowWindow.isScrolling
    ? [...drawnRows].sort((a, b) => (a.index % slots) - (b.index % slots))
    : drawnRows;
  return (
    <>
      <div ref={scroll} className={css['scroll']} onScroll={tips.hide} {...tips.listeners}>
        <table
          className={css['grid']}
          {...GRID}
          aria-label={label}
          aria-rowcount={rows.length + 1}
          aria-colcount={columns.length + 1}
          onKeyDown={onKeyDown}
          onClick={onClick}
        >
          <thead className={css['top']}>
            <tr className={css['head']} aria-rowindex={1} style={{ width }}>
              <th scope="col" className={css['corner']} aria-colindex={1}>
                {corner}
              </th>
              {drawnColumns.map(({ index, start, size }) => (
                <th
                  key={columns[index]?.key}
                  scope="col"
                  className={css['columnHead']}
                  aria-colindex={index + 2}
                  style={{ left: start, width: size }}
                >
                  <Head head={columns[index]} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody className={css['body']} style={{ width, height: rowWindow.getTotalSize() }}>
            {standing.map(({ index: row, start, size }) => (
              <Row
                key={row === at.row ? 'active' : row % slots}
                row={row}
                head={rows[row]}
                start={start}
                height={size}
                width={width}
                columns={columns}
                drawn={drawnColumns}
                cell={cell}
                active={row === at.row ? at.column : undefined}
                selected={row === selected?.row ? selected.column : undefined}
              />
            ))}
          </tbody>
        </table>
      </div>
      {tip !== undefined && tips.shown !== undefined && <CellTip {...tips.shown} lines={tip(tips.shown.place)} />}
    </>
  );
}

/**
 * The cell that holds the focus stays drawn when it is scrolled out of sight; else the focus would be lost. As many are
 * always drawn as ever were in sight: one that comes and goes with each frame is made anew each time, and what it leaves
 * behind slows every frame until it is collected.
 */
function useWithActive(index: number): (range: Range) => number[] {
  const most = useRef(0);
  return useCallback(
    range => {
      most.current = Math.max(most.current, range.endIndex - range.startIndex);
      const endIndex = Math.min(range.count - 1, range.startIndex + most.current);
      const drawn = defaultRangeExtractor({ ...range, endIndex });
      return drawn.includes(index) || index >= range.count ? drawn : [...drawn, index].sort((a, b) => a - b);
    },
    [index],
  );
}

const Head = memo(function Head({ head }: { readonly head: MatrixHead | undefined }): ReactElement | null {
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
});

interface RowProps {
  readonly row: number;
  readonly head: MatrixHead | undefined;
  readonly start: number;
  readonly height: number;
  readonly width: number;
  readonly columns: readonly MatrixHead[];
  readonly drawn: readonly VirtualItem[];
  readonly cell: (row: number, column: number) => MatrixCell;
  /** The column that holds the focus, and the one that is chosen, where they are in this row. */
  readonly active: number | undefined;
  readonly selected: number | undefined;
}

/** While the grid scrolls down, the rows that stay are not drawn anew, nor are their cells looked up. */
const Row = memo(function Row(props: RowProps) {
  const { row, head, start, height, width, columns, drawn, cell, active, selected } = props;
  return (
    <tr className={css['row']} aria-rowindex={row + 2} style={{ transform: `translateY(${start}px)`, height, width }}>
      <th scope="row" className={css['rowHead']} aria-colindex={1}>
        <Head head={head} />
      </th>
      {drawn.map(({ index: column, start: left, size }) => {
        const { tone, word, icon, evidence } = cell(row, column);
        return (
          <Cell
            key={columns[column]?.key}
            row={row}
            column={column}
            left={left}
            width={size}
            tone={tone}
            word={word}
            icon={icon}
            rank={evidence.rank}
            ground={evidence.ground}
            isActive={column === active}
            isSelected={column === selected}
          />
        );
      })}
    </tr>
  );
});

interface CellProps extends Omit<MatrixCell, 'evidence'>, Pick<Evidence, 'rank' | 'ground'> {
  readonly row: number;
  readonly column: number;
  readonly left: number;
  readonly width: number;
  readonly isActive: boolean;
  readonly isSelected: boolean;
}

/** Takes nothing but plain values: while the grid scrolls sideways, the cells that stay are not drawn anew. */
const Cell = memo(function Cell(props: CellProps) {
  const { row, column, left, width, tone, word, icon, rank, ground, isActive, isSelected } = props;
  return (
    <td
      {...gridcell(isSelected)}
      aria-colindex={column + 2}
      tabIndex={isActive ? 0 : -1}
      data-place={`${row}:${column}`}
      className={`${css['cell']} ${css[tone]}`}
      style={{ left, width }}
    >
      <StatusMark tone={tone} word={word} icon={icon} />
      <EvidenceMark rank={rank} ground={ground} />
    </td>
  );
});
