import { describe, expect, it } from 'vitest';
import type { EvidenceRank } from '../domain/evidence.ts';
import { countLeaks, type Judged } from '../domain/expected-verdict.ts';
import type { Look, VolumeVerdict } from '../domain/inspection.ts';
import { timelineWords } from './screen-timeline.ts';
import { wordVerdict } from './word-verdict.ts';

function judged(verdict: VolumeVerdict, rank: EvidenceRank): Judged {
  const proof = { rank, ground: rank === 'rule' ? 'documented' : 'observed' } as const;
  const visible = ({ leaked: 'yes', private: 'no', unknown: 'unknown' } as const)[verdict];
  const look: Look = { visible, because: 'shared-mup', through: [], evidence: proof };
  return { verdict, proof, home: 'silo:1', visibility: [{ namespace: 'host', ...look }] };
}

describe('a volume that nobody has looked at from outside', () => {
  it.each<[VolumeVerdict, EvidenceRank, string]>([
    ['leaked', 'rule', 'Expected to leak'],
    ['leaked', 'canary', 'Leaked'],
    ['private', 'rule', 'Expected to be private'],
    ['private', 'probe', 'Private'],
    ['unknown', 'rule', 'Unknown'],
  ])('%s by %s is called %s', (verdict, rank, word) => {
    expect(wordVerdict(judged(verdict, rank))).toBe(word);
  });

  it('is counted apart from what was seen to leak, now and in the past', () => {
    const volumes = [judged('leaked', 'rule'), judged('leaked', 'canary'), judged('private', 'rule')];
    expect(countLeaks(volumes)).toEqual({ leaked: 1, expected: 1 });
    const rest = { silos: 2, findings: 0, fsd: 'running', engine: undefined } as const;
    const state = (of: readonly Judged[]): string =>
      timelineWords.moment.state({ volumes: of.length, ...countLeaks(of), ...rest });
    expect(state(volumes)).toBe('3 volumes, 1 leaked, 1 expected to leak, 2 silos, driver running');
    expect(state(volumes.slice(0, 1))).toBe('1 volume, 1 expected to leak, 2 silos, driver running');
    expect(state(volumes.slice(2))).toBe('1 volume, none known to leak, 2 silos, driver running');
    expect(state([])).toBe('no volumes, 2 silos, driver running');
  });
});
