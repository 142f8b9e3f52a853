import type { Clock } from '../../../../shared/base/clock.ts';

/** How Go prints a time that was never set. */
export const ZERO_TIME = '0001-01-01T00:00:00Z';

/** Nanoseconds since the epoch that never repeat: Windows counts in steps of 100 ns. */
export class NanoTime {
  readonly #clock: Clock;
  #last = 0n;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): bigint {
    const read = BigInt(Math.floor(this.#clock.now())) * 1_000_000n;
    this.#last = read > this.#last ? read : this.#last + 100n;
    return this.#last;
  }
}

const seconds = (nanos: bigint): string => new Date(Number(nanos / 1_000_000_000n) * 1_000).toISOString().slice(0, 19);

/** RFC 3339 with nine fixed decimals, as log lines carry it. */
export function fixedTime(nanos: bigint): string {
  return `${seconds(nanos)}.${(nanos % 1_000_000_000n).toString().padStart(9, '0')}Z`;
}

/** RFC3339Nano: trailing zeros of the fraction are left out. `undefined` is the zero time. */
export function nanoTime(nanos: bigint | undefined): string {
  if (nanos === undefined) return ZERO_TIME;
  const fraction = (nanos % 1_000_000_000n).toString().padStart(9, '0').replace(/0+$/, '');
  return `${seconds(nanos)}${fraction === '' ? '' : `.${fraction}`}Z`;
}

export const millisOf = (nanos: bigint): number => Number(nanos / 1_000_000n);
export const secondsOf = (nanos: bigint): number => Number(nanos / 1_000_000_000n);

/** `sec[.nsec]`, RFC 3339 or a plain date, as `since` and `until` have it. `undefined` when it is none of them. */
export function parseTime(text: string): bigint | undefined {
  const unix = /^(-?\d+)(?:\.(\d{1,9}))?$/.exec(text);
  if (unix !== null) return BigInt(unix[1] ?? 0) * 1_000_000_000n + BigInt((unix[2] ?? '').padEnd(9, '0'));
  const rfc = /^(\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?)?)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)?$/.exec(text);
  const at = rfc === null ? Number.NaN : Date.parse(`${rfc[1]}${rfc[1]?.includes('T') ? (rfc[3] ?? 'Z') : ''}`);
  return Number.isNaN(at) ? undefined : BigInt(at) * 1_000_000n + BigInt((rfc?.[2] ?? '').padEnd(9, '0'));
}
