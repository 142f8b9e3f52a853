import { describe, expect, it } from 'vitest';
import { momentTime } from './moment-time.ts';

const local = (day: number, hour: number, minute: number, second = 0): string =>
  new Date(2026, 10, day, hour, minute, second).toISOString();
const read = momentTime(() => new Date(2026, 10, 22, 15, 0, 0).getTime());

describe('a time on the command line', () => {
  it.each([
    ['14:02', local(22, 14, 2)],
    ['14:02:10', local(22, 14, 2, 10)],
    ['14:02:10.5', new Date(2026, 10, 22, 14, 2, 10, 500).toISOString()],
    ['16:30', local(21, 16, 30)],
    ['10m', local(22, 14, 50)],
    ['2h', local(22, 13, 0)],
    ['1d ago', local(21, 15, 0)],
    ['2026-11-20', local(20, 0, 0)],
    ['2026-11-20 08:15', local(20, 8, 15)],
    ['2026-11-20T08:15:00Z', '2026-11-20T08:15:00.000Z'],
    ['2026-11-20T08:15:00+02:00', '2026-11-20T06:15:00.000Z'],
  ])('%s is read', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    ['14:02:10.588Z', '2026-11-22T14:02:10.588Z'],
    ['16:30Z', '2026-11-21T16:30:00.000Z'],
  ])('%s is read by the clock of UTC, as the journal prints it', (text, expected) => {
    expect(momentTime(() => Date.parse('2026-11-22T15:00:00Z'))(text)).toBe(expected);
  });

  it.each(['', 'noon', '25:00', '14:70', '14:02.5', '14:02:10z', '10', '2026-13-41', '99999999d'])(
    '%j is refused',
    text => {
      expect(() => read(text)).toThrow('Expected a time such as');
    },
  );
});
