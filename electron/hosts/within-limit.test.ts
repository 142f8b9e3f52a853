import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../shared/base/clock.ts';
import { FaultError } from '../../shared/contract/fault.ts';
import { withinLimit } from './within-limit.ts';

const never = new Promise<never>(() => undefined);

async function outcome(asked: Promise<unknown>): Promise<unknown> {
  try {
    return await asked;
  } catch (caught) {
    return caught instanceof FaultError ? caught.fault : caught;
  }
}

describe('work with a limit', () => {
  it('gives its answer, or its own error, when it is in time', async () => {
    const limit = { clock: new ManualClock(), timeoutMs: 10, what: 'work' };
    expect(await outcome(withinLimit(Promise.resolve(1), limit))).toBe(1);
    expect(await outcome(withinLimit(Promise.reject(new RangeError('its own')), limit))).toEqual(
      new RangeError('its own'),
    );
  });

  it('is timed out by the clock, and told so before its asker is', async () => {
    const clock = new ManualClock();
    const order: string[] = [];
    const asked = outcome(
      withinLimit(never, { clock, timeoutMs: 10, what: 'work', onStruck: () => order.push('struck') }),
    );
    clock.advance(9);
    expect(order).toEqual([]);
    clock.advance(1);
    expect(await asked).toEqual({ code: 'timed-out', what: 'work', afterMs: 10 });
    expect(order).toEqual(['struck']);
  });

  it('is cancelled by its signal, before or while it runs', async () => {
    const clock = new ManualClock();
    const asker = new AbortController();
    const asked = outcome(withinLimit(never, { clock, timeoutMs: 10, what: 'work', signal: asker.signal }));
    asker.abort();
    expect(await asked).toEqual({ code: 'cancelled' });
    expect(await outcome(withinLimit(never, { clock, timeoutMs: 10, what: 'work', signal: asker.signal }))).toEqual({
      code: 'cancelled',
    });
  });
});
