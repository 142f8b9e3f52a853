import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogLine } from '../../shared/domain/log-line.ts';
import { fakeSilo } from '../testing/fake-story.ts';
import { connectedStores } from '../testing/lay-stores.ts';
import { type AllLogs, MOST_HELD, withLines } from './all-logs-store.ts';
import { until } from './until.ts';

const NONE: AllLogs = { lines: [], following: true, dropped: 0, isRead: false, fault: undefined, unmasked: undefined };
const lineAt = (ms: number): LogLine => ({
  at: new Date(ms).toISOString(),
  origin: 'app',
  severity: 'info',
  text: String(ms),
});

describe('the lines of all logs', () => {
  it('stand in the order of their time, in whatever order they come, each once', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(1_000), { maxLength: 8 }), { maxLength: 12 }), batches => {
        let next = 1;
        const held = batches.reduce((state, times) => {
          const after = withLines(state, times.map(lineAt), next);
          next += times.length;
          return after;
        }, NONE);
        const times = held.lines.map(({ at }) => Date.parse(at));
        expect(times).toEqual(batches.flat().toSorted((a, b) => a - b));
        expect(new Set(held.lines.map(({ number }) => number)).size).toBe(times.length);
      }),
    );
  });

  it('are bounded: the oldest go, and are counted', () => {
    const many = Array.from({ length: MOST_HELD + 5 }, (_, index) => lineAt(index));
    const held = withLines(withLines(NONE, many, 1), [lineAt(MOST_HELD + 5)], MOST_HELD + 6);
    expect({ length: held.lines.length, dropped: held.dropped, first: held.lines[0]?.text }).toEqual({
      length: MOST_HELD,
      dropped: 6,
      first: '6',
    });
  });
});

describe('the log screen', () => {
  it('reads while somebody reads, and lets go of all afterwards', async () => {
    const { host, stores } = await connectedStores('#/logs');
    host.add(fakeSilo(9, 'newcomer', 'X:'));
    const letGo = stores.allLogs.read();
    const read = await until(stores.allLogs.store, ({ lines }) => lines.length > 0);
    expect(read.following).toBe(true);
    letGo();
    expect(stores.allLogs.store.getState()).toEqual({ ...NONE, following: false });
  });
});
