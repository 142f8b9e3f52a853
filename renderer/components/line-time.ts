/** To the millisecond: many lines share a second, and their order is what one clock is for. */
const EXACT = { hour: 'numeric', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 } as const;
const DAY = { year: 'numeric', month: 'numeric', day: 'numeric' } as const;

/** When a line was said, to the millisecond, by the clock of whoever looks. */
export function lineTime(at: string): string {
  return new Date(at).toLocaleTimeString(undefined, EXACT);
}

/** The same with its day and the zone of that clock: what is noted in UTC elsewhere can be found by it. */
export function exactTime(at: string): string {
  return new Date(at).toLocaleString(undefined, { ...EXACT, ...DAY, timeZoneName: 'short' });
}
