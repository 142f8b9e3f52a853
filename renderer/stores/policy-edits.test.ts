import { describe, expect, it } from 'vitest';
import { Policy } from '../../shared/domain/policy.ts';
import { changeAcceptance, changeFinding, changeRule, newAcceptance, withAcceptances } from './policy-store.ts';

const START: Policy = { name: 'p', rules: [{ seenFrom: 'anywhere', allow: false, profile: 'memfs-*' }] };
const NOW = Date.UTC(2026, 0, 1);

describe('a policy that is being edited', () => {
  it('gets an acceptance that cannot be kept until it says of what and why', () => {
    const added = withAcceptances(START, [newAcceptance(NOW)]);
    expect(added.acceptances).toEqual([{ code: 'unc-leak', seenFrom: 'anywhere', reason: '', until: '2026-01-31' }]);
    expect(Policy.safeParse(added).success).toBe(false);
    const filled = changeAcceptance(changeAcceptance(added, 0, { container: 'box' }), 0, { reason: 'known' });
    expect(Policy.parse(filled)).toEqual(filled);
  });

  it('loses what is emptied, and its list with the last of it', () => {
    const [acceptance] = [{ ...newAcceptance(NOW), container: 'box', reason: 'known' }];
    const policy = withAcceptances(START, acceptance === undefined ? [] : [acceptance]);
    expect(changeAcceptance(policy, 0, { container: '' }).acceptances?.[0]).not.toHaveProperty('container');
    expect(withAcceptances(policy, [])).toEqual(START);
    expect(changeRule(START, 0, { profile: '' }).rules[0]).toEqual({ seenFrom: 'anywhere', allow: false });
  });

  it('counts a finding once, or not at all', () => {
    const once = changeFinding(changeFinding(START, 'shadows-server', true), 'shadows-server', true);
    expect(once.findings).toEqual(['shadows-server']);
    expect(changeFinding(once, 'shadows-server', false)).toEqual(START);
  });
});
