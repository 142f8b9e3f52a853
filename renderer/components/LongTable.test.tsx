// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { giveSize } from '../testing/give-size.ts';
import type { Column } from './DataTable.tsx';
import { LongTable, type LongTableProps } from './LongTable.tsx';

let undo: () => void;
beforeEach(() => {
  undo = giveSize();
});
afterEach(() => {
  cleanup();
  undo();
});

interface Line {
  readonly text: string;
}
const COLUMNS: readonly Column<Line>[] = [{ key: 'text', title: 'Text', width: '1fr', render: ({ text }) => text }];
const table = (more: Partial<LongTableProps<Line>> = {}) => (
  <LongTable
    label="Lines"
    columns={COLUMNS}
    count={100}
    row={index => ({ text: `line ${index}` })}
    keyOf={String}
    onSight={() => undefined}
    isMarked={() => false}
    current={undefined}
    followEnd={false}
    onEnter={() => undefined}
    keys={{}}
    {...more}
  />
);
/** Rows that lie in the room below the head: 600 px of the whole, without its 35. */
const inSight = (): readonly string[] =>
  screen.getAllByRole('row').flatMap(row => {
    const top = Number(/translateY\((-?[\d.]+)px\)/.exec(row.style.transform)?.[1] ?? Number.NaN);
    const scrolled = row.closest('div')?.scrollTop ?? 0;
    return top >= scrolled && top + 34 <= scrolled + 565 ? [row.textContent ?? ''] : [];
  });

describe('a table of many rows', () => {
  it('shows the last one whole where its end is followed, and goes on with it', () => {
    const { rerender } = render(table({ followEnd: true }));
    expect(inSight().at(-1)).toBe('line 99');
    rerender(table({ followEnd: true, count: 120 }));
    expect(inSight().at(-1)).toBe('line 119');
  });

  it('shows the row whose whole stands beside it', () => {
    const { rerender } = render(table());
    expect(inSight()).not.toContain('line 70');
    rerender(table({ current: 70 }));
    expect(inSight()).toContain('line 70');
  });

  it('is walked by keys, and each row does what a letter says', async () => {
    const done: string[] = [];
    const keys = { c: ({ text }: Line) => void done.push(`c ${text}`), escape: () => void done.push('escape') };
    render(table({ keys, onEnter: ({ text }) => void done.push(text) }));
    const user = userEvent.setup();
    await user.tab();
    await user.keyboard('{End}{Enter}c{ArrowUp}{Enter}{Escape}');
    expect(done).toEqual(['line 99', 'c line 99', 'line 98', 'escape']);
    expect(inSight()).toContain('line 99');
  });
});
