import { describe, expect, it } from 'vitest';
import { judgeItem, PATIENCE, pauseAfter } from './judge-item.ts';
import { KeptItem } from './kept-item.ts';

const NOW = Date.UTC(2026, 10, 22, 14);
const HOUR = 3_600_000;
const REFUSED = { code: 'timed-out', what: 'the volume', afterMs: 1_000 } as const;

describe('an item whose host has its clock set', () => {
  const after = (failures: number, now: number): string => {
    const item = new KeptItem(() => undefined);
    for (let at = 0; at < failures; at++) item.failed(REFUSED, NOW);
    const { act } = judgeItem('nothing', item.memory(true, now), now);
    return act;
  };

  it.each([
    ['not set: it waits its time', 0, 'none'],
    ['not set: it is tried when that is over', pauseAfter(3), 'launch'],
    ['set back a little: it waits no longer than its pause', -1, 'launch'],
    ['set back by hours: it is tried, not in hours', -3 * HOUR, 'launch'],
    ['set forward by hours: it is tried', 3 * HOUR, 'launch'],
  ])('%s', (_, set, act) => {
    expect(after(3, NOW + set)).toBe(act);
  });

  it('is forgiven once it has been steady, by the new time', () => {
    const item = new KeptItem(() => undefined);
    item.failed(REFUSED, NOW);
    item.rest('running', NOW);
    item.rest('running', NOW - HOUR);
    expect(item.memory(true, NOW).failures).toBe(1);
    item.rest('running', NOW - HOUR + PATIENCE.steadyMs);
    expect(item.memory(true, NOW).failures).toBe(0);
  });
});
