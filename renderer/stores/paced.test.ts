import { afterEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../shared/base/clock.ts';
import { paced } from './paced.ts';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

function lay(pauseMs = 1_000) {
  const clock = new ManualClock();
  const started = clock.now();
  const acts: number[] = [];
  const pause = { ms: pauseMs };
  const pace = paced(
    clock,
    () => acts.push(clock.now() - started),
    () => pause.ms,
  );
  ends.push(() => pace.dispose());
  return { clock, acts, pause, pace };
}

describe('what is wanted again and again', () => {
  it('is done at once, and once more after the pause, however often it was wanted', () => {
    const { clock, acts, pace } = lay();
    for (let time = 0; time < 900; time += 100) {
      pace.soon();
      clock.advance(100);
    }
    clock.advance(5_000);
    expect(acts).toEqual([0, 1_000]);
  });

  it('is done each time where there is no pause, and what waited is done with it', () => {
    const { clock, acts, pause, pace } = lay();
    pace.soon();
    pace.soon();
    pause.ms = 0;
    clock.advance(10);
    pace.soon();
    clock.advance(5_000);
    expect(acts).toEqual([0, 10]);
  });

  it('is not done after the end', () => {
    const { clock, acts, pace } = lay();
    pace.soon();
    pace.soon();
    pace.dispose();
    clock.advance(5_000);
    expect(acts).toEqual([0]);
  });
});
