import { describe, expect, it } from 'vitest';
import type { Look, Way } from '../domain/inspection.ts';
import { wordCellEvidence } from './word-evidence.ts';

const rule = { rank: 'rule', ground: 'inferred' } as const;
const probe = { rank: 'probe', ground: 'observed', at: '2026-11-22T14:00:00Z' } as const;
const refuted: Way[] = [{ kind: 'provider', path: 'P', evidence: probe }];

describe('how sure a cell is', () => {
  it.each<[what: string, cell: Omit<Look, 'because'>, said: string]>([
    [
      'that nobody tried',
      { visible: 'no', through: [], evidence: rule },
      'expected, not tested: inferred, no vendor documents it',
    ],
    [
      'of which a name was tried in vain',
      { visible: 'no', through: [], refuted, evidence: rule },
      'expected; the names that were tried do not lead to it',
    ],
    [
      'that another name may reach',
      { visible: 'yes', through: [], refuted, evidence: rule },
      'expected by another name; those that were tried do not lead to it',
    ],
    ['that was refuted', { visible: 'no', through: [], refuted, evidence: probe }, 'tried by a probe, does not open'],
  ])('%s', (_, cell, said) => {
    expect(wordCellEvidence({ ...cell, because: 'mup-not-shared' })).toBe(said);
  });
});
