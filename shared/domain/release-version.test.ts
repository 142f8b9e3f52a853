import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLaterRelease } from './release-version.ts';

/** Oldest first. Ground: the examples of semver.org 2.0.0, rule 11. */
const IN_ORDER = [
  '0.9.9',
  '1.0.0-alpha',
  '1.0.0-alpha.1',
  '1.0.0-alpha.beta',
  '1.0.0-beta',
  '1.0.0-beta.2',
  '1.0.0-beta.11',
  '1.0.0-rc.1',
  '1.0.0',
  '1.2.0',
  '1.10.0',
  '2.0.0',
];

describe('which of two versions of Siloscope is later', () => {
  it('goes by their order', () => {
    for (const [at, one] of IN_ORDER.entries()) {
      for (const [rivalAt, other] of IN_ORDER.entries()) {
        expect([one, other, isLaterRelease(one, other)]).toEqual([one, other, at > rivalAt]);
      }
    }
  });

  it.each([
    ['1.0.0+build.7', '1.0.0'],
    ['1.0', '0.9.0'],
    ['', '0.0.1'],
    ['newest', '0.0.1'],
    [undefined, '1.0.0'],
    ['1.0.0', undefined],
  ])('%s is not later than %s', (one, other) => {
    expect(isLaterRelease(one, other)).toBe(false);
  });

  it('is never both', () => {
    const version = fc.stringMatching(/^[0-3]\.[0-3]\.[0-3](-[0-9a-z]{1,2}(\.[0-9a-z]{1,2})?)?$/);
    fc.assert(
      fc.property(version, version, (one, other) => {
        expect(isLaterRelease(one, other) && isLaterRelease(other, one)).toBe(false);
      }),
    );
  });
});
