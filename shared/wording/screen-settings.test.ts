import { expect, it } from 'vitest';
import { Policy } from '../domain/policy.ts';
import { settingsWords } from './screen-settings.ts';

it('a mistake in a policy is told by the number that its part has on the screen', () => {
  const acceptances = [{ code: 'unc-leak', seenFrom: 'anywhere', reason: '', until: '2026-12-22' }];
  const rules = [
    { seenFrom: 'host', allow: true },
    { seenFrom: 'host', allow: 'yes' },
  ];
  const parsed = Policy.safeParse({ name: '', rules, acceptances });
  const told = parsed.error?.issues.map(({ path, message }) => settingsWords.policy.mistake(path, message)) ?? [];
  expect(told.map(line => line.split(':')[0])).toEqual([
    'name',
    'Rule 2, allow',
    'Acceptance 1, reason',
    'Acceptance 1',
  ]);
});
