/** One measurement of a run. `ratio` compares two things measured side by side, in the same run. */
export interface Row {
  readonly what: string;
  readonly ours: string;
  readonly beside?: string;
  readonly ratio?: number;
  /** The number to reach, as DESIGN's table has it; `met` is judged on this run alone. */
  readonly goal?: string;
  readonly met?: boolean;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined) throw new RangeError('no values to take a median of');
  return (upper + lower) / 2;
}

/** Nineteen of twenty are at most this. */
export function p95(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? Number.NaN;
}

/** The row with its goal: a ratio of at most `limit`. */
export function atMost(limit: number, row: Row): Row {
  return { ...row, goal: `<= ${limit}`, ...(row.ratio === undefined ? {} : { met: row.ratio <= limit }) };
}

export const milliseconds = (ms: number): string => `${ms < 10 ? ms.toFixed(2) : ms.toFixed(0)} ms`;
export const mebibytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(0)} MiB`;

/** Columns as wide as their widest cell, two spaces apart. */
export function drawTable(rows: readonly Row[]): string {
  const cells = [
    ['what', 'ours', 'beside', 'ratio', 'goal', ''],
    ...rows.map(row => [
      row.what,
      row.ours,
      row.beside ?? '',
      row.ratio?.toFixed(2) ?? '',
      row.goal ?? '',
      row.met === undefined ? '' : row.met ? 'met' : 'MISSED',
    ]),
  ];
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map(line => (line[column] ?? '').length)));
  return cells
    .map(line =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
