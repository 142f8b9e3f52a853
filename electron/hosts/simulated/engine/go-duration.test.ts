import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goDuration, parseGoDuration } from './go-duration.ts';

describe('a span of Go', () => {
  it.each([
    ['30s', 30e9, '30s'],
    ['1m30s', 90e9, '1m30s'],
    ['90s', 90e9, '1m30s'],
    ['1.5h', 5_400e9, '1h30m0s'],
    ['1h', 3_600e9, '1h0m0s'],
    ['500ms', 5e8, '500ms'],
    ['1500us', 1.5e6, '1.5ms'],
    ['2µs', 2e3, '2µs'],
    ['7ns', 7, '7ns'],
    ['0', 0, '0s'],
  ])('%s is %i ns, shown as %s', (text, nanoseconds, shown) => {
    expect({ read: parseGoDuration(text), shown: goDuration(nanoseconds) }).toEqual({ read: nanoseconds, shown });
  });

  it.each(['', '5', 's', '1 s', '1x', 'abc', '1s2', '-'])('%j is none', text => {
    expect(parseGoDuration(text)).toBeUndefined();
  });

  it('is read back as it was shown', () => {
    fc.assert(
      fc.property(fc.nat(90_000_000), milliseconds => {
        expect(parseGoDuration(goDuration(milliseconds * 1e6))).toBe(milliseconds * 1e6);
      }),
    );
  });
});
