/** Nanoseconds of each of Go's units. */
const UNITS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3_600e9,
};

/** Reads a span as Go's time.ParseDuration does: `1m30s`, `1.5h`, `-2ms`, `0`. Nanoseconds; undefined when it is none. */
export function parseGoDuration(text: string): number | undefined {
  const [, sign = '', spans = ''] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  if (spans === '0') return 0;
  const parts = [...spans.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== spans) return undefined;
  const sum = parts.reduce((total, [, count, unit = '']) => total + Number(count) * (UNITS[unit] ?? 0), 0);
  return Math.round(sign === '-' ? -sum : sum);
}

/** A span of nanoseconds, not negative, as Go's Duration prints itself: `1m30s`, `1.5ms`, `0s`. */
export function goDuration(nanoseconds: number): string {
  if (nanoseconds === 0) return '0s';
  for (const [unit, next] of SMALL) if (nanoseconds < next) return `${nanoseconds / (UNITS[unit] ?? 1)}${unit}`;
  const hours = Math.floor(nanoseconds / 3_600e9);
  const minutes = Math.floor(nanoseconds / 60e9) % 60;
  const seconds = `${(nanoseconds % 60e9) / 1e9}s`;
  if (hours > 0) return `${hours}h${minutes}m${seconds}`;
  return minutes > 0 ? `${minutes}m${seconds}` : seconds;
}

const SMALL = [
  ['ns', 1e3],
  ['µs', 1e6],
  ['ms', 1e9],
] as const;
