const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** Bytes in powers of 1000, as Docker counts them, three digits: `1.54 GB`. */
export function formatBytes(bytes: number): string {
  let value = Math.max(0, bytes);
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return `${value.toFixed(digits)} ${UNITS[unit]}`;
}

/** Milliseconds as a person reads them: `340 ms`, `2.5 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`. */
export function formatDuration(ms: number): string {
  const whole = Math.max(0, Math.round(ms));
  if (whole < 1_000) return `${whole} ms`;
  if (whole < 59_950) return `${(whole / 1_000).toFixed(1).replace(/\.0$/, '')} s`;
  const seconds = Math.round(whole / 1_000);
  if (seconds < 3_600) return pair(Math.floor(seconds / 60), 'min', seconds % 60, 's');
  const minutes = Math.round(seconds / 60);
  if (minutes < 1_440) return pair(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
  const hours = Math.round(minutes / 60);
  return pair(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

function pair(large: number, unit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${unit}` : `${large} ${unit} ${small} ${smallUnit}`;
}

/** `1 volume`, `2 volumes`, `no volumes`. */
export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${count === 0 ? 'no' : count} ${count === 1 ? one : many}`;
}

/** `a`, `a and b`, `a, b and c`, and with more than `most`: `a, b and 38 more`. `count`: how many there are, if not all are given. */
export function formatList(items: readonly string[], most = 3, count = items.length): string {
  const [first = '', second] = items;
  if (count <= 1) return first;
  if (count > most) return `${items.slice(0, most - 1).join(', ')} and ${count - most + 1} more`;
  return items.length === 2 ? `${first} and ${second}` : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
