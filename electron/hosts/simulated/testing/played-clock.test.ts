import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { sleep } from '../../../../shared/base/clock.ts';
import { HastyClock } from './hasty-clock.ts';
import { PlayedClock } from './played-clock.ts';

const HOUR_MS = 3_600_000;

describe('a clock that waits for nobody', () => {
  it('comes to each appointment in its order, those that are made on the way as well', async () => {
    const clock = new HastyClock(0);
    const came: string[] = [];
    const at = async (what: string, ms: number): Promise<void> => {
      await sleep(clock, ms);
      came.push(`${what} ${clock.now()}`);
      if (what === 'first') await at('made by the first', HOUR_MS);
    };
    await Promise.all([at('last', 3 * HOUR_MS), at('first', HOUR_MS)]);
    expect(came).toEqual([`first ${HOUR_MS}`, `made by the first ${2 * HOUR_MS}`, `last ${3 * HOUR_MS}`]);
  });

  it('stands still while anything is under way, of several worlds in one process, too', async () => {
    const clocks = [new HastyClock(0), new HastyClock(0)];
    const seen = await Promise.all(
      clocks.map(async clock => {
        let isOver = false;
        const over = sleep(clock, HOUR_MS).then(() => {
          isOver = true;
        });
        for (let turn = 0; turn < 20; turn++) await setImmediate();
        const meanwhile = [isOver, clock.now()];
        await over;
        return [...meanwhile, clock.now()];
      }),
    );
    expect(seen).toEqual(clocks.map(() => [false, 0, HOUR_MS]));
  });

  it('forgets an appointment that was called off', async () => {
    const clock = new HastyClock(0);
    clock.after(1, () => expect.fail('it was called off')).dispose();
    await sleep(clock, HOUR_MS);
    expect(clock.now()).toBe(HOUR_MS);
  });
});

describe('a clock that is played', () => {
  it('comes late to what fell due while the machine slept', async () => {
    const clock = new PlayedClock(0);
    let cameAt = 0;
    clock.after(10, () => {
      cameAt = clock.now();
    });
    clock.sleep(HOUR_MS);
    await clock.play(5);
    expect([cameAt, clock.now(), clock.slept]).toEqual([HOUR_MS, HOUR_MS + 5, HOUR_MS]);
  });
});
