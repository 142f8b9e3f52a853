import { describe, expect, it } from 'vitest';
import { type Claims, lookByRule, type MupBehaviour, RULE, type Viewer } from './visibility-rule.ts';
import type { Volume } from './volume.ts';

const VIEWERS: readonly Viewer[] = ['home', { kind: 'host' }, { kind: 'silo' }, { kind: 'vm' }];
const nameOf = (viewer: Viewer): string =>
  viewer === 'home' ? viewer : [viewer.kind, ...(viewer.mup === undefined ? [] : [viewer.mup])].join(' ');
type SeenMup = 'shared' | 'own' | 'elsewhere' | undefined;
const volume = (kind: Volume['kind'], home: string): Volume => ({
  device: '\\Device\\Volume{1}',
  kind,
  home,
  mountPoints: ['Y:'],
  ...(kind === 'disk' ? {} : { uncPrefix: '\\memfs\\share', provider: '\\Device\\WinFsp.Mup{1}' }),
});
const claims = (behaviour: MupBehaviour, rivals: readonly string[] = [], mup?: SeenMup, winner?: string): Claims => ({
  behaviour,
  claimants: () => new Set(rivals),
  winner: () => winner,
  mup: () => mup,
});
const told = (kind: Volume['kind'], home: string, known: Claims, viewers: readonly Viewer[] = VIEWERS): string[] =>
  viewers.map(viewer => {
    const { visible, through, because } = lookByRule(volume(kind, home), viewer, known);
    return `${nameOf(viewer)}: ${visible} ${because} ${through.map(way => way.kind).join('+')}`.trimEnd();
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
              for (const mup of ['shared', 'elsewhere'] as const) {
                const known = claims({ mupIsShared }, rivals, mup);
                const { because, evidence } = lookByRule(volume(kind, home), viewer, known);
                used.add(`${because} ${evidence.ground}`);
              }
            }
          }
        }
      }
    }
    expect(new Set(RULE.map(({ because, ground }) => `${because} ${ground}`))).toEqual(used);
  });

  it.each<[home: SeenMup, viewer: SeenMup, host: string, silo: string]>([
    [undefined, undefined, 'yes shared-mup', 'yes shared-mup-inferred'],
    [undefined, 'shared', 'yes shared-mup', 'yes shared-mup-inferred'],
    [undefined, 'own', 'yes shared-mup', 'no mup-not-shared'],
    [undefined, 'elsewhere', 'yes shared-mup', 'unknown mup-leads-elsewhere'],
    ['shared', undefined, 'yes shared-mup', 'yes shared-mup-inferred'],
    ['shared', 'shared', 'yes shared-mup', 'yes shared-mup-inferred'],
    ['shared', 'own', 'yes shared-mup', 'no mup-not-shared'],
    ['shared', 'elsewhere', 'yes shared-mup', 'unknown mup-leads-elsewhere'],
    ['own', undefined, 'no mup-not-shared', 'no mup-not-shared'],
    ['own', 'shared', 'no mup-not-shared', 'no mup-not-shared'],
    ['own', 'own', 'no mup-not-shared', 'no mup-not-shared'],
    ['own', 'elsewhere', 'no mup-not-shared', 'unknown mup-leads-elsewhere'],
    ['elsewhere', undefined, 'unknown mup-leads-elsewhere', 'unknown mup-leads-elsewhere'],
    ['elsewhere', 'shared', 'unknown mup-leads-elsewhere', 'unknown mup-leads-elsewhere'],
    ['elsewhere', 'own', 'unknown mup-leads-elsewhere', 'unknown mup-leads-elsewhere'],
    ['elsewhere', 'elsewhere', 'unknown mup-leads-elsewhere', 'unknown mup-leads-elsewhere'],
  ])('a network volume of a silo whose MUP was seen as %s, from a silo with %s', (home, mup, host, silo) => {
    const viewers: readonly Viewer[] = [{ kind: 'host' }, { kind: 'silo', mup }];
    const lines = told('network', 'silo:4', claims({}, ['silo:4'], home), viewers);
    expect(lines.map(line => line.replace(/^[^:]*: /, '').replace(/ unc\+provider$/, ''))).toEqual([host, silo]);
  });

  it.each<[home: SeenMup, rivals: readonly string[], winner: string | undefined, names: string]>([
    ['own', ['silo:8'], undefined, 'drive+unc+provider'],
    // Who answers to others with the host's MUP says nothing of its own.
    ['own', ['silo:8'], 'silo:8', 'drive+unc+provider'],
    ['own', ['server'], undefined, 'drive+provider'],
    ['own', ['silo:8', 'server'], undefined, 'drive+provider'],
    ['own', ['silo:8', 'server'], 'server', 'drive+provider'],
    ['own', ['silo:8', 'server'], 'silo:4', 'drive+unc+provider'],
    ['elsewhere', ['silo:4'], undefined, 'drive'],
    ['shared', ['silo:4', 'silo:8'], undefined, 'drive+provider'],
    ['shared', ['silo:4', 'silo:8'], 'silo:8', 'drive+provider'],
    ['shared', ['silo:4', 'silo:8'], 'silo:4', 'drive+unc+provider'],
    // Nobody knows of a rival, and yet somebody else answered.
    ['shared', ['silo:4'], 'server', 'drive+provider'],
    ['shared', ['silo:4'], 'silo:4', 'drive+unc+provider'],
  ])('at home, whose MUP was seen as %s, claimed by %j, answered by %s, is named %s', (home, rivals, winner, names) => {
    expect(told('network', 'silo:4', claims({}, rivals, home, winner), ['home'])).toEqual([
      `home: yes its-own-namespace ${names}`,
    ]);
  });

  it.each([
    ['silo:4', 'drive+unc+provider'],
    ['host', 'drive+provider'],
  ])('meets no rival in a silo at home in %s where silos do not share the MUP, but on the host: %s', (home, names) => {
    const known = claims({ mupIsSharedBetweenSilos: false }, [home, 'silo:8']);
    expect(told('network', home, known, ['home'])).toEqual([`home: yes its-own-namespace ${names}`]);
  });

  it.each<[home: SeenMup, ground: string]>([
    [undefined, 'documented'],
    ['shared', 'documented'],
    ['own', 'inferred'],
  ])('at home, whose MUP was seen as %s, its UNC name is %s', (home, ground) => {
    const { through } = lookByRule(volume('network', 'silo:4'), 'home', claims({}, ['silo:4'], home));
    expect(through.find(({ kind }) => kind === 'unc')?.evidence.ground).toBe(ground);
  });
});
