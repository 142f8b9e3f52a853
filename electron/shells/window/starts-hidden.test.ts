import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../shared/base/clock.ts';
import { Settings } from '../../../shared/domain/settings.ts';
import { startsHidden } from './starts-hidden.ts';
import { EMPTY_MEMORY } from './window-memory.ts';

describe('a start in the notification area', () => {
  const settings = (startHidden: boolean, known: Promise<void>) => ({ value: Settings.parse({ startHidden }), known });
  const remembering = (startHidden: boolean) => ({ value: { ...EMPTY_MEMORY, startHidden } });

  it.each([
    ['what the start is asked for', true, false, false, true],
    ['what the user has set', false, true, false, true],
    ['what the user has set since', false, false, true, false],
  ])('goes by %s', async (_, asked, set, remembered, hidden) => {
    const clock = new ManualClock();
    expect(await startsHidden(asked, settings(set, Promise.resolve()), remembering(remembered), clock)).toBe(hidden);
  });

  it.each([true, false])('goes by what was set last, while a host far away is being opened: %s', async remembered => {
    const clock = new ManualClock();
    const asked = startsHidden(
      false,
      settings(!remembered, new Promise(() => undefined)),
      remembering(remembered),
      clock,
    );
    clock.advance(1_000);
    expect(await asked).toBe(remembered);
  });
});
