import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../shared/base/clock.ts';
import { seldom } from './seldom.ts';

describe('what is told seldom', () => {
  it('is told at once, then after a minute with the number of times between, each sentence by itself', () => {
    const clock = new ManualClock();
    const told: string[] = [];
    const tell = seldom(sentence => told.push(sentence), clock);
    for (let knock = 0; knock < 4; knock++) tell('A knock.');
    tell('Another.');
    clock.advance(60_000);
    tell('A knock.');
    tell('Another.');
    expect(told).toEqual(['A knock.', 'Another.', 'A knock. (and 3 times before)', 'Another.']);
  });
});
