import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../shared/base/clock.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import type { EngineConnection } from './engine-connection.ts';
import { followEvents } from './event-stream.ts';

const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

/** An engine that is there or not, on a clock that is moved by hand. */
function engine() {
  const clock = new ManualClock(0);
  const world = { isUp: true, endsAtOnce: false, attempts: 0 };
  let stream = new PassThrough();
  const connection: EngineConnection = {
    ask: () => Promise.reject(new Error('nobody asks')),
    dispose: () => undefined,
    order: async <T>() => {
      world.attempts++;
      if (!world.isUp) throw new FaultError({ code: 'engine-unreachable', endpoint: '', cause: 'down', raw: 'down' });
      stream = new PassThrough();
      if (world.endsAtOnce) stream.end();
      return stream as T;
    },
  };
  const told: { readonly at: number; readonly what: string }[] = [];
  const tell = (what: string): void => void told.push({ at: clock.now(), what });
  const following = followEvents(connection, clock, {
    onLive: () => tell('live'),
    onLost: () => tell('lost'),
    onEvent: event => tell(event.Action),
  });
  const pass = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 50) {
      clock.advance(Math.min(50, ms - passed));
      await settled();
    }
  };
  return {
    clock,
    world,
    told,
    pass,
    goDown: (): void => {
      world.isUp = false;
      stream.end();
    },
    end: () => following.dispose(),
  };
}

describe('an engine that restarts', () => {
  it.each([0, 300, 700, 1_900, 4_000, 9_950, 31_300, 55_050])(
    'is seen to be lost at once, and to be back within 2 s, after %i ms',
    async downMs => {
      const { clock, world, told, pass, goDown, end } = engine();
      await pass(500);
      goDown();
      const lostAt = clock.now();
      await pass(downMs);
      world.isUp = true;
      const upAt = clock.now();
      await pass(2_000);
      expect(told.map(({ what }) => what)).toEqual(['live', 'lost', 'live']);
      expect((told[1]?.at ?? Number.NaN) - lostAt).toBeLessThanOrEqual(50);
      expect((told[2]?.at ?? Number.NaN) - upAt).toBeLessThanOrEqual(2_000);
      end();
    },
  );

  it('of which something else answers, whose streams end at once, is told ever more seldom', async () => {
    const { world, told, pass, goDown, end } = engine();
    await pass(10_000);
    world.endsAtOnce = true;
    goDown();
    world.isUp = true;
    await pass(300_000);
    expect(told.filter(({ what }) => what === 'lost').length).toBeLessThanOrEqual(70);
    world.endsAtOnce = false;
    await pass(20_000);
    expect(told.at(-1)?.what).toBe('live');
    end();
  });

  it('is asked for less and less when it does not come back: a stopped engine costs next to nothing', async () => {
    const { world, told, pass, goDown, end } = engine();
    await pass(500);
    goDown();
    await pass(120_000);
    const before = world.attempts;
    await pass(60_000);
    expect(world.attempts - before).toBeLessThanOrEqual(5);
    expect(told.map(({ what }) => what)).toEqual(['live', 'lost']);
    end();
  });
});
