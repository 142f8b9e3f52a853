import { describe, expect, it } from 'vitest';
import { type Claims, lookByRule, type MupBehaviour, RULE, type Viewer } from './visibility-rule.ts';
import type { Volume } from './volume.ts';

const VIEWERS: readonly Viewer[] = ['home', 'host', 'silo', 'vm'];
const volume = (kind: Volume['kind'], home: string): Volume => ({
  device: '\\Device\\Volume{1}',
  kind,
  home,
  mountPoints: ['Y:'],
  ...(kind === 'disk' ? {} : { uncPrefix: '\\memfs\\share', provider: '\\Device\\WinFsp.Mup{1}' }),
});
const claims = (behaviour: MupBehaviour, rivals: readonly string[] = []): Claims => ({
  behaviour,
  claimants: () => new Set(rivals),
  winner: () => undefined,
});
const told = (kind: Volume['kind'], home: string, known: Claims): string[] =>
  VIEWERS.map(viewer => {
    const { visible, through, because } = lookByRule(volume(kind, home), viewer, known);
    return `${viewer}: ${visible} ${because} ${through.map(way => way.kind).join('+')}`.trimEnd();
  });

describe('the table of the rule', () => {
  it.each<[string, Volume['kind'], string, Claims, string[]]>([
    [
      'a disk of a silo',
      'disk',
      'silo:4',
      claims({}),
      [
        'home: yes its-own-namespace drive',
        'host: no disk-stays-in-its-namespace',
        'silo: no disk-stays-in-its-namespace',
        'vm: no another-kernel',
      ],
    ],
    [
      'a network volume of a silo',
      'network',
      'silo:4',
      claims({}, ['silo:4']),
      [
        'home: yes its-own-namespace drive+unc+provider',
        'host: yes shared-mup unc+provider',
        'silo: yes shared-mup-inferred unc+provider',
        'vm: no another-kernel',
      ],
    ],
    [
      'one whose class another claims',
      'network',
      'silo:4',
      claims({}, ['silo:4', 'silo:8']),
      [
        'home: yes its-own-namespace drive+provider',
        'host: yes class-claimed-by-another provider',
        'silo: yes class-claimed-by-another provider',
        'vm: no another-kernel',
      ],
    ],
    [
      'one where silos do not share the MUP among themselves',
      'network',
      'silo:4',
      claims({ mupIsSharedBetweenSilos: false }, ['silo:4']),
      [
        'home: yes its-own-namespace drive+unc+provider',
        'host: yes shared-mup unc+provider',
        'silo: no mup-not-shared',
        'vm: no another-kernel',
      ],
    ],
    [
      'one of a Hyper-V container',
      'network',
      'vm:0123456789ab',
      claims({}),
      [
        'home: yes its-own-namespace drive+unc+provider',
        'host: no another-kernel',
        'silo: no another-kernel',
        'vm: no another-kernel',
      ],
    ],
  ])('%s', (_, kind, home, known, expected) => {
    expect(told(kind, home, known)).toEqual(expected);
  });

  it('has a line for every viewer of every volume, and no line that never decides', () => {
    const used = new Set<string>();
    for (const kind of ['disk', 'network'] as const) {
      for (const home of ['host', 'silo:4', 'vm:0123456789ab']) {
        for (const mupIsShared of [true, false]) {
          for (const rivals of [[], [home, 'silo:8']]) {
            for (const viewer of VIEWERS) {
              const { because, evidence } = lookByRule(volume(kind, home), viewer, claims({ mupIsShared }, rivals));
              used.add(`${because} ${evidence.ground}`);
            }
          }
        }
      }
    }
    expect(new Set(RULE.map(({ because, ground }) => `${because} ${ground}`))).toEqual(used);
  });
});
