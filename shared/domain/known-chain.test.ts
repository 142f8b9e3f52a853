import { describe, expect, it } from 'vitest';
import type { EvidenceStep } from './evidence.ts';
import { keptChain, mergeChains, seenInPassing, tellsMore, wholeChain } from './known-chain.ts';

const step = (
  code: EvidenceStep['code'],
  holds: EvidenceStep['holds'] = 'yes',
  more: Partial<EvidenceStep['evidence']> = {},
): EvidenceStep => ({
  code,
  holds,
  evidence: { rank: 'namespace', ground: 'observed', at: '2026-11-22T14:00:00Z', detail: `${code} said`, ...more },
});
const untested = step('opened-through-provider', 'not-tested');
const opened: EvidenceStep = {
  ...step('opened-through-provider', 'yes', { rank: 'probe' }),
  tried: { from: 'host', by: 'probe', winfsp: true, opened: 1, refused: 0, silent: 0 },
};
const codes = (chain: readonly EvidenceStep[]): string[] => chain.map(({ code, holds }) => `${code} ${holds}`);

describe('a chain that is written down', () => {
  it('has the steps that were tested, their raw answers cut', () => {
    const [kept, ...others] = keptChain([
      step('mup-is-shared', 'yes', { detail: 'x'.repeat(500), elapsedMs: 1.7 }),
      untested,
    ]);
    expect(others).toEqual([]);
    expect(kept?.evidence.detail).toBe(`${'x'.repeat(300)}…`);
    expect(kept?.evidence.elapsedMs).toBe(2);
  });

  it('is told whole: what is not among the kept steps was not tested', () => {
    const network = { kind: 'network', home: 'silo:8' } as const;
    expect(codes(wholeChain(network, [opened, step('mup-is-shared', 'no')]))).toEqual([
      'mup-is-shared no',
      'provider-carries-guid not-tested',
      'listed-in-silo-only not-tested',
      'opened-through-provider yes',
      'canary-read-back not-tested',
    ]);
    expect(codes(wholeChain({ kind: 'network', home: 'host' }, []))).toEqual([
      'opened-through-provider not-tested',
      'canary-read-back not-tested',
    ]);
  });

  it('has what is seen in passing without what was opened', () => {
    expect(codes(seenInPassing([step('mup-is-shared'), opened]))).toEqual(['mup-is-shared yes']);
  });
});

describe('another look at a chain', () => {
  const known = [step('mup-is-shared'), step('provider-carries-guid')];
  it.each<[what: string, told: EvidenceStep[], expected: string, isNews: boolean]>([
    [
      'that could not read anything takes nothing back',
      [untested],
      'mup-is-shared yes provider-carries-guid yes',
      false,
    ],
    [
      'that saw the same later is no news',
      [step('mup-is-shared', 'yes', { at: '2026-11-22T15:00:00Z' })],
      'mup-is-shared yes provider-carries-guid yes',
      false,
    ],
    ['that saw otherwise counts', [step('mup-is-shared', 'no')], 'mup-is-shared no provider-carries-guid yes', true],
    [
      'with another raw answer is news',
      [step('mup-is-shared', 'yes', { detail: 'other' })],
      'mup-is-shared yes provider-carries-guid yes',
      true,
    ],
    [
      'that is merely consistent takes no proof back',
      [step('provider-carries-guid', 'consistent')],
      'mup-is-shared yes provider-carries-guid yes',
      false,
    ],
    [
      'that opened it adds a step',
      [opened],
      'mup-is-shared yes provider-carries-guid yes opened-through-provider yes',
      true,
    ],
  ])('%s', (_, told, expected, isNews) => {
    expect(codes(mergeChains(known, told)).join(' ')).toBe(expected);
    expect(tellsMore(known, told)).toBe(isNews);
  });

  it.each<[before: EvidenceStep[] | undefined]>([[undefined], [[]], [[step('provider-carries-guid', 'no')]]])(
    'that is merely consistent counts where nothing was seen to hold: %j',
    before => {
      const told = [step('provider-carries-guid', 'consistent')];
      expect(codes(mergeChains(before, told))).toEqual(['provider-carries-guid consistent']);
      expect(tellsMore(before, told)).toBe(true);
    },
  );

  it.each([
    ['how many others were read', step('in-no-other-namespace'), false],
    ['how many tried to open it', opened, false],
    ['what a link was', step('mup-is-shared'), true],
  ])('that tells otherwise only %s', (_, before, isNews) => {
    const after = { ...before, evidence: { ...before.evidence, detail: 'another raw answer' } };
    expect(tellsMore([before], [after])).toBe(isNews);
  });

  it('in another order is no news', () => {
    expect(tellsMore(known, [...known].reverse())).toBe(false);
    expect(tellsMore([...known].reverse(), known)).toBe(false);
  });

  it('is news where nothing had been recorded, whatever it saw', () => {
    expect(tellsMore(undefined, [untested])).toBe(true);
    expect(tellsMore([], [untested])).toBe(false);
  });
});
