import { type FocusEvent, type PointerEvent, type ReactElement, useEffect, useMemo, useRef, useState } from 'react';
import css from './CellTip.module.css';
import type { GridPlace } from './grid-keys.ts';
import { plainText } from './plain-text.ts';

/** Where a tip stands: below its cell, or above where there is no room below. */
export interface ShownTip {
  readonly place: GridPlace;
  readonly left: number;
  readonly top: number;
  readonly above: boolean;
}

const WAIT_MS = 450;
const WIDTH = 340;
const ROOM = 190;

/** The tip of the cell that is hovered or has the focus, after a moment; scrolling, leaving and Escape take it away. */
export function useCellTip() {
  const [shown, setShown] = useState<ShownTip>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const actions = useMemo(() => {
    const hide = (): void => {
      clearTimeout(timer.current);
      setShown(undefined);
    };
    const soon = (target: EventTarget): void => {
      clearTimeout(timer.current);
      const cell = target instanceof Element ? target.closest('[data-place]') : null;
      const [row, column] = (cell?.getAttribute('data-place') ?? '').split(':').map(Number);
      if (cell === null || row === undefined || column === undefined) {
        hide();
        return;
      }
      timer.current = setTimeout(() => {
        if (!cell.isConnected) return;
        const box = cell.getBoundingClientRect();
        const above = box.bottom + ROOM > window.innerHeight && box.top > ROOM;
        const left = Math.max(8, Math.min(box.left, window.innerWidth - WIDTH - 8));
        setShown({ place: { row, column }, left, top: above ? box.top - 4 : box.bottom + 4, above });
      }, WAIT_MS);
    };
    return {
      hide,
      listeners: {
        onPointerOver: (event: PointerEvent) => soon(event.target),
        onPointerLeave: hide,
        onPointerDown: hide,
        onFocus: (event: FocusEvent) => soon(event.target),
        onBlur: hide,
      },
    };
  }, []);
  return { shown, ...actions };
}

/** What is said of a cell, beside it. The evidence pane says the same at length to whoever cannot see this. */
export function CellTip({ left, top, above, lines }: ShownTip & { readonly lines: readonly string[] }): ReactElement {
  const [first = '', ...rest] = lines;
  return (
    <div
      role="tooltip"
      className={css['tip']}
      style={{ left, top, width: WIDTH, transform: above ? 'translateY(-100%)' : undefined }}
    >
      <p className={css['head']}>{plainText(first)}</p>
      {rest.map(line => (
        <p key={line}>{plainText(line)}</p>
      ))}
    </div>
  );
}
