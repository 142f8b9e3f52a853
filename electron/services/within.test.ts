import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../shared/base/clock.ts';
import { either } from './either.ts';
import { inParallel } from './in-parallel.ts';
import { within } from './within.ts';

const never = new Promise<never>(() => undefined);

describe('work within a limit', () => {
  it('answers in time', async () => {
    expect(await within(new ManualClock(), { what: 'x', ms: 10 }, () => Promise.resolve(1))).toBe(1);
  });

  it('is given up at the limit, and told', async () => {
    const clock = new ManualClock();
    let told = false;
    const work = within(clock, { what: 'x', ms: 10 }, signal => {
      signal.addEventListener('abort', () => {
        told = true;
      });
      return never;
    });
    clock.advance(10);
    await expect(work).rejects.toMatchObject({ fault: { code: 'timed-out', what: 'x', afterMs: 10 } });
    expect(told).toBe(true);
  });

  it('is cancelled by its caller, before or on the way', async () => {
    const abort = new AbortController();
    const work = within(new ManualClock(), { what: 'x', ms: 10, signal: abort.signal }, () => never);
    abort.abort();
    await expect(work).rejects.toMatchObject({ fault: { code: 'cancelled' } });
    const late = within(new ManualClock(), { what: 'x', ms: 10, signal: abort.signal }, () => never);
    await expect(late).rejects.toMatchObject({ fault: { code: 'cancelled' } });
  });
});

describe('waiting for either', () => {
  it('ends with what comes first and keeps no timer', async () => {
    const clock = new ManualClock();
    await either(clock, Promise.resolve(), 1_000);
    const waiting = either(clock, never, 10);
    clock.advance(10);
    await waiting;
    await expect(either(clock, Promise.reject(new Error('no')), 10)).rejects.toThrow('no');
  });
});

describe('work in parallel', () => {
  it('keeps the order of its items and the number at a time', async () => {
    let running = 0;
    let most = 0;
    const answers = await inParallel([3, 1, 2, 0], 2, async item => {
      most = Math.max(most, ++running);
      for (let turn = 0; turn < item; turn++) await Promise.resolve();
      running--;
      return item * 10;
    });
    expect([answers, most]).toEqual([[30, 10, 20, 0], 2]);
  });
});
