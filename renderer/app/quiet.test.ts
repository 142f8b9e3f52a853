import { afterEach, beforeEach, expect, it } from 'vitest';
import { quiet } from './quiet.ts';

/** A browser whose idle periods last as long as they are told to. */
const periods: number[] = [];
const before = globalThis.requestIdleCallback;
beforeEach(() => {
  globalThis.requestIdleCallback = look => {
    setTimeout(() => look({ didTimeout: false, timeRemaining: () => periods.shift() ?? 50 }));
    return 0;
  };
});
afterEach(() => {
  globalThis.requestIdleCallback = before;
  periods.length = 0;
});

it('waits while something is drawn in every frame, and no longer', async () => {
  periods.push(3, 9, 48, 50);
  await quiet();
  expect(periods).toEqual([50]);
});

it('waits no longer than a while for what moves for ever', async () => {
  periods.push(...Array.from({ length: 9 }, () => 1));
  await quiet();
  expect(periods).toHaveLength(4);
});
