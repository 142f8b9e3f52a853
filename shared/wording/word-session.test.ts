import { describe, expect, it } from 'vitest';
import { wordMountPoints, wordOwnSessions, wordSession } from './word-session.ts';

const USER = { id: '00000000-0002210f', elevated: false, own: true };
const TWIN = { id: '00000000-000220d1', elevated: true, own: false };

describe('a logon session', () => {
  it.each([
    ['global', [], 'every session'],
    [USER.id, [], 'logon session 00000000-0002210f'],
    [USER.id.toUpperCase(), [USER, TWIN], 'logon session 00000000-0002210F, your own, not elevated'],
    [TWIN.id, [USER, TWIN], 'logon session 00000000-000220d1, your elevated one'],
    [
      USER.id,
      [
        { ...TWIN, own: true },
        { ...USER, own: false },
      ],
      'logon session 00000000-0002210f, your normal one',
    ],
    ['00000000-000003e7', [USER], 'logon session 00000000-000003e7, none of yours that is known'],
  ])('%s, where %j is known', (session, known, expected) => {
    expect(wordSession(session, known)).toBe(expected);
  });

  it('stands beside the letter that it has', () => {
    const letters = [{ mountPoint: 'h:', session: USER.id }];
    expect(wordMountPoints({ mountPoints: ['H:', 'I:'], letters }, [USER])).toBe(
      'H: (logon session 00000000-0002210f, your own, not elevated), I:',
    );
  });

  it.each([
    [[], ''],
    [[USER], 'Looked at from logon session 00000000-0002210f (not elevated).'],
    [
      [TWIN, USER],
      'Looked at from logon session 00000000-0002210f (not elevated); elevated programs of the same user are in 00000000-000220d1.',
    ],
  ])('of the asker: %j', (known, expected) => {
    expect(wordOwnSessions(known)).toBe(expected);
  });
});
