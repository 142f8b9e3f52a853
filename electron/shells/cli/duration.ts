import { InvalidArgumentError } from 'commander';

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** An option's parser: `60s`, `5m`, `1h`, or a bare number of seconds, in milliseconds. At most a day. */
export function duration(text: string): number {
  const [, digits = '', unit = 's'] = /^(\d{1,6})([smh]?)$/.exec(text) ?? [];
  const ms = Number(digits) * UNITS[unit === 'm' || unit === 'h' ? unit : 's'];
  if (digits !== '' && ms > 0 && ms <= 86_400_000) return ms;
  throw new InvalidArgumentError('Expected a time such as 60s, 5m or 1h, at most 24h.');
}
