import { InvalidArgumentError } from 'commander';

const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * An option's parser of a time: `14:02`, `14:02:10` and `14:02:10.5Z` (today, or yesterday where that is still to come),
 * `2026-11-22`, `2026-11-22T14:02:10`, with `Z` or an offset or else by this machine's clock, and `90s`, `10m`, `2h`, `3d` ago.
 * Answers ISO 8601 UTC. `now`: ms.
 */
export function momentTime(now: () => number): (text: string) => string {
  return text => {
    const [, count, unit = ''] = /^(\d{1,6})([smhd])(?: ago)?$/.exec(text) ?? [];
    const unitMs = UNIT_MS[unit];
    if (unitMs !== undefined) return new Date(now() - Number(count) * unitMs).toISOString();
    const [, hour, minute, second = '0', fraction = '', utc] =
      /^(\d{1,2}):(\d{2})(?::(\d{2})(\.\d{1,3})?)?(Z)?$/.exec(text) ?? [];
    if (hour !== undefined && Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60) {
      const time = new Date(now());
      const ms = Math.round(Number(`0${fraction}`) * 1_000);
      if (utc === undefined) {
        time.setHours(Number(hour), Number(minute), Number(second), ms);
        if (time.getTime() > now()) time.setDate(time.getDate() - 1);
      } else {
        time.setUTCHours(Number(hour), Number(minute), Number(second), ms);
        if (time.getTime() > now()) time.setUTCDate(time.getUTCDate() - 1);
      }
      return time.toISOString();
    }
    const isDate = /^\d{4}-\d{2}-\d{2}$/.test(text);
    // A date alone is UTC to JavaScript, and here the day of whoever asks.
    const time = /^\d{4}-\d{2}-\d{2}/.test(text)
      ? Date.parse(isDate ? `${text}T00:00:00` : text.replace(' ', 'T'))
      : Number.NaN;
    if (Number.isNaN(time)) {
      throw new InvalidArgumentError(
        'Expected a time such as 14:02, 14:02:10, 2026-11-22T14:02:10Z, or 10m for ten minutes ago.',
      );
    }
    return new Date(time).toISOString();
  };
}
