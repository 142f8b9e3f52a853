import { describe, expect, it } from 'vitest';
import { markAccepted } from './accepted-findings.ts';
import type { Finding } from './inspection.ts';
import type { Acceptance, Policy } from './policy.ts';
import { namespaces, volume } from './testing/finding-parts.ts';

const TAKEN_AT = '2026-11-22T14:00:00Z';
const VOLUMES = [
  volume('1', 'silo:4', '\\memfs\\a'),
  volume('2', 'silo:8', '\\memfs\\b'),
  volume('3', 'host', '\\memfs\\c'),
].map(one => ({ ...one, chain: [], findings: [] }));
const finding = (code: Finding['code'], volumes: string[], homes: string[]): Finding => ({
  code,
  severity: 'serious',
  volumes,
  namespaces: homes,
  summary: 'It leaks.',
  fix: 'Seal it.',
});
const LEAK = finding('unc-leak', ['1'], ['silo:4']);
const COLLISION = finding('class-collision', ['1', '2'], ['silo:4', 'silo:8']);
const GHOST = finding('ghost-mount-point', [], ['silo:4']);
const DRIVER = finding('fsd-stopped', [], ['host']);
const acceptance = (code: Acceptance['code'], more: Partial<Acceptance> = {}): Acceptance => ({
  code,
  seenFrom: 'anywhere',
  reason: 'known',
  until: '2026-11-22',
  ...more,
});
const marked = (findings: readonly Finding[], ...acceptances: readonly Acceptance[]): (string | undefined)[] => {
  const policy: Policy = { name: 'p', rules: [], acceptances: [...acceptances] };
  const about = { takenAt: TAKEN_AT, namespaces, volumes: VOLUMES, findings: [...findings] };
  return markAccepted(about, policy).map(({ accepted }) => accepted?.reason);
};

describe('a finding', () => {
  it.each<[what: string, one: Finding, acceptances: readonly Acceptance[], isAccepted: boolean]>([
    ['of a volume whose prefix is accepted', LEAK, [acceptance('unc-leak', { uncPrefix: '\\memfs\\*' })], true],
    ['of a volume with another prefix', LEAK, [acceptance('unc-leak', { uncPrefix: '\\data\\*' })], false],
    ['of a container that is accepted', LEAK, [acceptance('unc-leak', { container: 'a' })], true],
    ['of another container', LEAK, [acceptance('unc-leak', { container: 'b' })], false],
    ['of a device that is accepted', LEAK, [acceptance('unc-leak', { device: '1' })], true],
    ['of another code', LEAK, [acceptance('class-collision')], false],
    ['of two volumes, each of which is accepted', COLLISION, [acceptance('class-collision', { container: '?' })], true],
    ['of two volumes, one of which is accepted', COLLISION, [acceptance('class-collision', { container: 'a' })], false],
    [
      'of two volumes, each accepted by itself',
      COLLISION,
      [acceptance('class-collision', { container: 'a' }), acceptance('class-collision', { container: 'b' })],
      false,
    ],
    [
      'without a volume, of a container that is accepted',
      GHOST,
      [acceptance('ghost-mount-point', { container: 'a' })],
      true,
    ],
    ['without a volume, of another container', GHOST, [acceptance('ghost-mount-point', { container: 'b' })], false],
    ['of the host, where a container is accepted', DRIVER, [acceptance('fsd-stopped', { container: '*' })], false],
    ['of the host, where all of its kind are', DRIVER, [acceptance('fsd-stopped')], true],
    ['about nothing at all', finding('fsd-stopped', [], []), [acceptance('fsd-stopped')], false],
    ['on the last day', LEAK, [acceptance('unc-leak', { until: '2026-11-22' })], true],
    ['after the last day', LEAK, [acceptance('unc-leak', { until: '2026-11-21' })], false],
    ['at the very end', LEAK, [acceptance('unc-leak', { until: TAKEN_AT })], false],
    ['a moment before the end', LEAK, [acceptance('unc-leak', { until: '2026-11-22T14:00:01Z' })], true],
    ['accepted as it is seen from the host', LEAK, [acceptance('unc-leak', { seenFrom: 'host' })], false],
    ['accepted by nobody', LEAK, [], false],
  ])('%s', (_, one, acceptances, isAccepted) => {
    expect(marked([one], ...acceptances)).toEqual([isAccepted ? 'known' : undefined]);
  });

  it('that several accept is accepted by the one that holds longest, the others stay as they are', () => {
    const short = acceptance('unc-leak', { reason: 'short', until: '2026-12-01' });
    const long = acceptance('unc-leak', { reason: 'long', until: '2026-12-31' });
    expect(marked([LEAK, GHOST], short, long)).toEqual(['long', undefined]);
    expect(marked([GHOST, LEAK], long, short)).toEqual([undefined, 'long']);
    // Of two that end together their order in the policy decides nothing.
    const twin = { ...long, reason: 'as long' };
    expect([marked([LEAK], long, twin), marked([LEAK], twin, long)]).toEqual([['as long'], ['as long']]);
  });
});
