import { faint, spansOf, type Text } from './style.ts';
import { type Line, lineWidth, textWidth, widestWord, wrap } from './wrap.ts';

export interface TableOptions {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Text[])[];
}

const GAP = 2;
const NARROWEST = 8;

/**
 * A table whose columns line up by what a terminal shows, not by code units. Too wide: the widest columns wrap at
 * blanks; still too wide: words are cut; then every row becomes a block of `column: value` lines. Columns without names have no head line.
 */
export function tableLines({ columns, rows }: TableOptions, width: number): Line[] {
  const natural = widestOf({ columns, rows }, textWidth);
  const words = widestOf({ columns, rows }, widestWord);
  const widths =
    fitted(natural, words, width) ??
    fitted(
      natural,
      natural.map(() => NARROWEST),
      width,
    );
  if (widths === undefined) return blocks(columns, rows, width);
  const isHeadless = columns.every(name => name === '');
  const head = isHeadless
    ? []
    : rowLines(
        columns.map(name => faint(name)),
        widths,
      );
  return [...head, ...rows.flatMap(row => rowLines(row, widths))];
}

/** Columns that a table takes when nothing is wrapped. */
export function naturalWidth(table: TableOptions): number {
  return widestOf(table, textWidth).reduce((sum, width) => sum + width + GAP, -GAP);
}

/** For each column the largest measure of its cells and its name. */
function widestOf({ columns, rows }: TableOptions, measure: (text: Text) => number): number[] {
  return columns.map((name, index) =>
    rows.reduce((widest, row) => Math.max(widest, measure(row[index] ?? '')), measure(name)),
  );
}

/** Narrows the widest column that may still be narrowed until the row fits; `undefined` when none may. */
function fitted(natural: readonly number[], least: readonly number[], width: number): number[] | undefined {
  const widths = [...natural];
  const room = width - GAP * (widths.length - 1);
  for (let over = widths.reduce((sum, w) => sum + w, 0) - room; over > 0; over--) {
    const free = widths.map((w, index) => (w > Math.max(NARROWEST, least[index] ?? 0) ? w : 0));
    const widest = Math.max(...free);
    if (widest === 0) return undefined;
    widths[free.indexOf(widest)] = widest - 1;
  }
  return widths;
}

function rowLines(cells: readonly Text[], widths: readonly number[]): Line[] {
  const wrapped = widths.map((width, index) => wrap(cells[index] ?? '', width));
  const height = Math.max(...wrapped.map(lines => lines.length));
  return Array.from({ length: height }, (_, at) => {
    const line = wrapped.flatMap((lines, index) => {
      const piece = lines[at] ?? [];
      const missing = (widths[index] ?? 0) - lineWidth(piece) + GAP;
      const isLast = wrapped.slice(index + 1).every(later => lineWidth(later[at] ?? []) === 0);
      return isLast ? piece : [...piece, { text: ' '.repeat(missing), tone: 'plain' as const }];
    });
    return line;
  });
}

function blocks(columns: readonly string[], rows: readonly (readonly Text[])[], width: number): Line[] {
  return rows.flatMap((row, index) => [
    ...(index === 0 ? [] : [[]]),
    ...columns.flatMap((name, at) => wrap([faint(`${name}: `), ...spansOf(row[at] ?? '')], Math.max(10, width))),
  ]);
}
