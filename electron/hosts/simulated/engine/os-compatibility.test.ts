import { describe, expect, it } from 'vitest';
import { buildOf, canStart, refusePull } from './os-compatibility.ts';

describe('an image on a host of another Windows', () => {
  it.each([
    [17_763, 17_763, true, true],
    [17_763, 20_348, false, true],
    [20_348, 20_348, true, true],
    [20_348, 25_398, true, true],
    [20_348, 22_631, true, true],
    [20_348, 26_100, true, true],
    [26_100, 26_100, true, true],
    [26_100, 20_348, false, false],
    [19_042, 19_045, false, true],
    [20_348, 26_200, false, true],
    [26_100, 26_200, true, true],
    [22_000, 20_348, false, false],
  ])('build %d on %d starts as process: %s, as hyperv: %s', (image, host, process, hyperv) => {
    const osVersion = `10.0.${image}.1`;
    expect([canStart(osVersion, host, 'process'), canStart(osVersion, host, 'hyperv')]).toEqual([process, hyperv]);
  });

  it('is refused at the pull when it is newer, with both versions named', () => {
    expect(refusePull('10.0.26100.1', 20_348)).toBe(
      'a Windows version 10.0.26100-based image is incompatible with a 10.0.20348 host',
    );
    expect(refusePull('10.0.17763.1', 20_348)).toBeUndefined();
  });

  it.each([
    ['10.0.20348.2966', 20_348],
    ['10.0', undefined],
    [undefined, undefined],
  ])('%s has build %s', (osVersion, build) => {
    expect(buildOf(osVersion)).toBe(build);
  });
});
