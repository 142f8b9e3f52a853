import { describe, expect, it } from 'vitest';
import { expectedOf } from './isolation-rule.ts';
import { IsolationViewer, IsolationWay } from './isolation-test.ts';
import type { VolumeKind } from './volume.ts';

/** `+` reached, `-` not, `?` open; a star: inferred. */
const told = (volume: VolumeKind, from: IsolationViewer): string =>
  IsolationWay.options
    .map(way => {
      const { expected, ground } = expectedOf(volume, from, way);
      const sign = expected === undefined ? '?' : expected === 'reached' ? '+' : '-';
      return `${way} ${sign}${ground === 'inferred' ? '*' : ''}`;
    })
    .sort()
    .join(', ');

describe('what is expected of each way to a volume, before anybody tries it', () => {
  it.each<[VolumeKind, IsolationViewer, string]>([
    ['disk', 'own', 'admin-share -*, drive +, provider -, provider-device -, silo-path -*, unc -, volume-device +*'],
    ['disk', 'host', 'admin-share -, drive -, provider -, provider-device ?*, silo-path ?*, unc -, volume-device -'],
    [
      'disk',
      'other-container',
      'admin-share -, drive -, provider -, provider-device -*, silo-path -*, unc -, volume-device -',
    ],
    [
      'network',
      'own',
      'admin-share -*, drive +, provider +*, provider-device ?*, silo-path -*, unc +, volume-device +*',
    ],
    [
      'network',
      'host',
      'admin-share -, drive -, provider +*, provider-device ?*, silo-path ?*, unc +, volume-device -*',
    ],
    [
      'network',
      'other-container',
      'admin-share -, drive -, provider +*, provider-device -*, silo-path -*, unc +*, volume-device -*',
    ],
  ])('a %s volume, from %s', (volume, from, expected) => {
    expect(told(volume, from)).toBe(expected);
  });

  it.each<VolumeKind>(['disk', 'network'])(
    'a %s volume is not reached from a Hyper-V container, in any way',
    volume => {
      const answers = IsolationWay.options.map(way => expectedOf(volume, 'hyperv-container', way));
      expect(answers).toEqual(answers.map(() => ({ expected: 'not-reached', ground: 'inferred' })));
      expect(IsolationViewer.options).toEqual(['own', 'host', 'other-container', 'hyperv-container']);
    },
  );
});
