import { describe, expect, it } from 'vitest';
import type { ItemState } from '../../../shared/domain/workspace.ts';
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

describe('an item that a person stopped', () => {
  it.each<[string, since: number | 'here', states: readonly ItemState[], isHeld: boolean]>([
    ['here, and nobody has looked since', 'here', [], true],
    ['here: a look that was under way found it running', 'here', ['running'], true],
    ['here, and it stays so', 'here', ['running', 'held', 'held'], true],
    ['here, and somebody has started it again', 'here', ['held', 'running'], false],
    ['elsewhere: a look that was under way found it running', NOW, ['running'], true],
    ['elsewhere, and another app has started it again', NOW, ['held', 'running'], false],
  ])('%s', (_, since, states, isHeld) => {
    const item = new KeptItem(() => undefined);
    item.rest('running', NOW);
    item.hold(since);
    for (const state of states) item.rest(state, NOW);
    expect(item.memory(true, NOW).isHeld).toBe(isHeld);
    item.hold(since);
    item.rest('running', NOW);
    expect(item.memory(true, NOW).isHeld).toBe(true);
  });
});
