import { describe, expect, it } from 'vitest';
import { countExpected, wordViolations } from './violation-count.ts';

describe('violations of a policy', () => {
  it.each([
    [1, 0, '1 violation'],
    [3, 0, '3 violations'],
    [1, 1, '1 violation expected by rule'],
    [3, 2, '1 violation, 2 more expected by rule'],
  ])('%i, of which a rule alone expects %i', (count, expected, said) => {
    expect(wordViolations(count, expected)).toBe(said);
  });

  it('are only expected where a rule says yes, not where nobody could tell, and never of findings', () => {
    const sight = { kind: 'sight', visible: 'yes' } as const;
    expect(
      countExpected([
        { ...sight, rank: 'rule' },
        { ...sight, rank: 'canary' },
        { ...sight, visible: 'unknown', rank: 'rule' },
        { kind: 'finding' },
      ]),
    ).toBe(1);
  });
});
