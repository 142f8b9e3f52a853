import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../shared/base/clock.ts';
import type { Fsd } from '../../../shared/domain/readiness.ts';
import { type FsdLooks, watchFsd } from './watch-fsd.ts';

const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

/** A driver whose state is set by hand, looked at by a clock that is moved by hand; what is told is kept with its time. */
function driver(options: { readonly isSigned: boolean; readonly answersInMs?: number }) {
  const clock = new ManualClock(0);
  const counts = { discover: 0, state: 0, isLoaded: 0 };
  const world: { state: Fsd['state']; fails: boolean } = { state: 'running', fails: false };
  const answer = <T>(name: keyof typeof counts, value: () => T): Promise<T> => {
    counts[name]++;
    if (world.fails) return Promise.reject(new Error('asked in vain'));
    const ms = options.answersInMs ?? 0;
    return ms === 0 ? Promise.resolve(value()) : new Promise(resolve => void clock.after(ms, () => resolve(value())));
  };
  const installed = (): Fsd => ({
    state: world.state,
    ...(world.state === 'not-installed' ? {} : { service: 'WinFsp+2.1' }),
  });
  const looks: FsdLooks = {
    discover: () => answer('discover', installed),
    state: () => answer('state', () => world.state),
    isLoaded: () => answer('isLoaded', () => (options.isSigned ? world.state === 'running' : undefined)),
  };
  const told: { readonly at: number; readonly state: Fsd['state'] }[] = [];
  const watching = watchFsd(clock, looks, now => told.push({ at: clock.now(), state: now.state }));
  const pass = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 50) {
      clock.advance(Math.min(50, ms - passed));
      await settled();
    }
  };
  /** With the answers that are still on their way. */
  const end = (): Promise<void> => {
    watching.dispose();
    return pass(500);
  };
  return { clock, counts, world, told, pass, end };
}

describe('the loss of the FSD', () => {
  it.each([
    ['by its sign', true, 0],
    ['by its sign, where each answer takes 400 ms', true, 400],
    ['by the SCM, where the sign tells nothing', false, 0],
    ['by the SCM, where each answer takes 200 ms', false, 200],
  ])('is seen within 2 s %s, whenever it happens', async (_, isSigned, answersInMs) => {
    const watched = driver({ isSigned, answersInMs });
    // At odd moments over more than a minute, so that every kind of look is met.
    for (let round = 0; round < 40; round++) {
      await watched.pass(1_850 + ((round * 130) % 1_700));
      watched.world.state = watched.world.state === 'running' ? 'stopped' : 'running';
      const changedAt = watched.clock.now();
      const before = watched.told.length;
      await watched.pass(2_000);
      expect(watched.told.slice(before).map(({ state }) => state)).toEqual([watched.world.state]);
      expect((watched.told.at(-1)?.at ?? Number.NaN) - changedAt).toBeLessThanOrEqual(2_000);
    }
    await watched.end();
  });

  it('is seen after a look that failed', async () => {
    const watched = driver({ isSigned: true });
    await watched.pass(3_000);
    watched.world.fails = true;
    await watched.pass(10_000);
    watched.world.fails = false;
    watched.world.state = 'stopped';
    await watched.pass(2_000);
    expect(watched.told.map(({ state }) => state)).toEqual(['running', 'stopped']);
    await watched.end();
  });
});

describe('an FSD that goes on as it is', () => {
  it('costs a sign a second, and a program only seldom', async () => {
    const watched = driver({ isSigned: true });
    await watched.pass(60_000);
    expect(watched.told).toHaveLength(1);
    expect(watched.counts.isLoaded).toBeLessThanOrEqual(61);
    expect(watched.counts.state).toBeLessThanOrEqual(4);
    expect(watched.counts.discover).toBeLessThanOrEqual(2);
    await watched.end();
  });

  it('that is not installed is looked for every 5 s, and found', async () => {
    const watched = driver({ isSigned: true });
    watched.world.state = 'not-installed';
    await watched.pass(60_000);
    expect(watched.counts.discover).toBeLessThanOrEqual(14);
    watched.world.state = 'stopped';
    await watched.pass(5_000);
    expect(watched.told.map(({ state }) => state)).toEqual(['not-installed', 'stopped']);
    await watched.end();
  });

  it('is not looked at any more once the watch has ended', async () => {
    const watched = driver({ isSigned: true });
    await watched.pass(2_000);
    await watched.end();
    const before = { ...watched.counts };
    await watched.pass(60_000);
    expect(watched.counts).toEqual(before);
  });

  it('is told once for each change, whatever the changes', async () => {
    const state = fc.constantFrom<Fsd['state']>('running', 'stopped');
    await fc.assert(
      fc.asyncProperty(fc.array(state, { maxLength: 5 }), fc.boolean(), async (states, isSigned) => {
        const watched = driver({ isSigned });
        for (const one of states) {
          watched.world.state = one;
          await watched.pass(6_500);
        }
        const expected = states.filter((one, at) => one !== states[at - 1]);
        expect(watched.told.map(told => told.state)).toEqual(expected);
        await watched.end();
      }),
      { numRuns: 20 },
    );
  });
});
