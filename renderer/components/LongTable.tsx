import { type KeyboardEvent, type ReactElement, useEffect, useRef, useState } from 'react';
import type { Column } from './DataTable.tsx';
import css from './LongTable.module.css';
import { placeOf, scrollOf, type Track } from './long-scroll.ts';
import shared from './rows.module.css';
import { TableHead } from './TableHead.tsx';
import { drawnColumns, tableTracks } from './table-tracks.ts';
import { useNarrow } from './use-narrow.ts';

export interface LongTableProps<R> {
  readonly label: string;
  readonly columns: readonly Column<R>[];
  readonly count: number;
  /** Undefined while it has not been read. */
  readonly row: (index: number) => R | undefined;
  readonly keyOf: (index: number) => string;
  /** These rows are in sight. */
  readonly onSight: (from: number, until: number) => void;
  readonly isMarked: (row: R) => boolean;
  /** The row that is shown beside the table, if it is in it. */
  readonly current: number | undefined;
  /** Stay at the end while rows are added there, as long as the reader is there. */
  readonly followEnd: boolean;
  readonly onEnter: (row: R) => void;
  /** What a letter does to the active row. */
  readonly keys: Readonly<Record<string, (row: R) => void>>;
}

const ROW_PX = 34;
const OVERSCAN = 6;

/** A table of a million rows of one height, read as they come into sight: a browser's own scroll area ends long before. */
export function LongTable<R>(props: LongTableProps<R>): ReactElement {
  const { label, columns, count, row, keyOf, onSight, isMarked, current, followEnd, onEnter, keys } = props;
  const scroll = useRef<HTMLDivElement>(null);
  const isNarrow = useNarrow(scroll, columns);
  const shown = drawnColumns(columns, isNarrow);
  const [view, setView] = useState({ top: 0, scrolled: 0, height: 600 });
  const { height } = view;
  const [active, setActive] = useState(0);
  const wantsFocus = useRef(false);
  const expected = useRef<number>(undefined);
  const atEnd = useRef(true);
  const track: Track = { length: count * ROW_PX, view: view.height };
  const { area } = scrollOf(track, 0);

  const goTo = (top: number): void => {
    const element = scroll.current;
    if (element === null) return;
    const to = scrollOf(track, top);
    element.scrollTop = to.scrolled;
    // Browsers round what they are told.
    expected.current = element.scrollTop;
    setView(now => ({ ...now, top: to.top, scrolled: element.scrollTop }));
    atEnd.current = to.top >= track.length - track.view - ROW_PX;
  };
  const goToRow = (index: number): void => {
    if (index * ROW_PX < view.top) goTo(index * ROW_PX);
    else if ((index + 1) * ROW_PX > view.top + view.height) goTo((index + 1) * ROW_PX - view.height);
  };
  const latest = useRef({ goTo, goToRow, view, track });
  latest.current = { goTo, goToRow, view, track };

  useEffect(() => {
    const element = scroll.current;
    if (element === null) return;
    // The head stays above the rows: what it covers is no room for them.
    const measure = (): void =>
      setView(now => ({
        ...now,
        height: element.clientHeight === 0 ? now.height : Math.max(ROW_PX, element.clientHeight - HEAD_PX),
      }));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    // In a shortened area one notch of a wheel would be many rows.
    const onWheel = (event: WheelEvent): void => {
      const { track: now, view: seen } = latest.current;
      if (scrollOf(now, 0).area === now.length || event.ctrlKey || event.deltaY === 0) return;
      event.preventDefault();
      latest.current.goTo(seen.top + event.deltaY * (event.deltaMode === 1 ? ROW_PX : 1));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      observer.disconnect();
      element.removeEventListener('wheel', onWheel);
    };
  }, []);
  useEffect(() => {
    if (followEnd && atEnd.current && count > 0 && height > 0) latest.current.goTo(Number.POSITIVE_INFINITY);
  }, [followEnd, count, height]);
  // The pane of a row takes its room from the table: the row is still to be seen.
  useEffect(() => {
    if (current !== undefined && height > 0) latest.current.goToRow(current);
  }, [current, height]);

  const from = Math.max(0, Math.min(count - 1, Math.floor(view.top / ROW_PX) - OVERSCAN));
  const until = Math.min(count - 1, Math.ceil((view.top + view.height) / ROW_PX) + OVERSCAN);
  useEffect(() => {
    if (count > 0) onSight(from, until);
  }, [onSight, from, until, count]);
  useEffect(() => {
    if (!wantsFocus.current) return;
    const element = scroll.current?.querySelector<HTMLElement>(`[data-index="${active}"]`);
    if (element === null || element === undefined) return;
    wantsFocus.current = false;
    element.focus({ preventScroll: true });
  });

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.metaKey || count === 0) return;
    const page = Math.max(1, Math.floor(view.height / ROW_PX) - 2);
    const moves: Readonly<Record<string, number>> = {
      ArrowUp: active - 1,
      ArrowDown: active + 1,
      PageUp: active - page,
      PageDown: active + page,
      Home: 0,
      End: count - 1,
    };
    const next = moves[event.key];
    const at = row(active);
    const act = event.ctrlKey ? undefined : event.key === 'Enter' ? onEnter : keys[event.key.toLowerCase()];
    if (next !== undefined) {
      const to = Math.max(0, Math.min(count - 1, next));
      wantsFocus.current = true;
      setActive(to);
      goToRow(to);
    } else if (act !== undefined && at !== undefined && event.target instanceof HTMLTableRowElement) act(at);
    else return;
    event.preventDefault();
  };

  const drawn = Array.from({ length: Math.max(0, until - from + 1) }, (_, place) => from + place);
  // The row that holds the focus stays drawn; one row is always there to be reached by Tab.
  const reachable = active >= from && active <= until ? active : Math.min(until, Math.ceil(view.top / ROW_PX));
  return (
    <div
      ref={scroll}
      className={`${shared['scroll']} ${css['scroll']}`}
      data-narrow={isNarrow || undefined}
      onScroll={({ currentTarget: { scrollTop } }) => {
        if (expected.current !== undefined && Math.abs(scrollTop - expected.current) < 1) return;
        expected.current = undefined;
        const top = placeOf(track, scrollTop);
        atEnd.current = top >= track.length - track.view - ROW_PX;
        setView(now => ({ ...now, top, scrolled: scrollTop }));
      }}
    >
      <table
        className={shared['table']}
        {...GRID}
        aria-label={label}
        aria-rowcount={count + 1}
        style={tableTracks(shown, isNarrow)}
        onKeyDown={onKeyDown}
      >
        <TableHead columns={shown} className={css['head']} />
        <tbody className={shared['body']} style={{ height: area }}>
          {drawn.map(index => {
            const line = row(index);
            return (
              <tr
                key={keyOf(index)}
                data-index={index}
                tabIndex={index === reachable ? 0 : -1}
                aria-rowindex={index + 2}
                aria-selected={index === current}
                className={`${shared['row']} ${css['row']} ${line !== undefined && isMarked(line) ? shared['marked'] : ''} ${index === current ? css['current'] : ''}`}
                style={{ transform: `translateY(${view.scrolled + index * ROW_PX - view.top}px)` }}
                onFocus={() => setActive(index)}
              >
                {shown.map(({ key, render }) => (
                  <td key={key} {...GRIDCELL} className={`${shared['cell']} ${css['cell']}`}>
                    {line === undefined ? null : render(line, isNarrow)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** The ARIA grid pattern: rows are walked by arrows, and one of them is reached by Tab. */
const GRID = { role: 'grid' } as const;
const GRIDCELL = { role: 'gridcell' } as const;
const HEAD_PX = 35;
