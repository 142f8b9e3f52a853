import { describe, expect, it } from 'vitest';
import { humanSpan, statusWords } from './status-words.ts';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

describe('a span of time', () => {
  it.each([
    [0, 'Less than a second'],
    [SECOND, '1 second'],
    [59 * SECOND, '59 seconds'],
    [60 * SECOND, 'About a minute'],
    [120 * SECOND, '2 minutes'],
    [HOUR, 'About an hour'],
    [47 * HOUR, '47 hours'],
    [48 * HOUR, '2 days'],
    [15 * 24 * HOUR, '2 weeks'],
    [61 * 24 * HOUR, '2 months'],
    [800 * 24 * HOUR, '2 years'],
  ])('of %d ms is %s', (milliseconds, words) => {
    expect(humanSpan(milliseconds)).toBe(words);
  });
});

describe('the STATUS of docker ps', () => {
  const facts = { exitCode: 3_221_225_786, startedAt: 0, finishedAt: 5 * SECOND };
  it.each([
    ['running', 'Up 10 seconds'],
    ['paused', 'Up 10 seconds (Paused)'],
    ['restarting', 'Restarting (3221225786) 5 seconds ago'],
    ['removing', 'Removal In Progress'],
    ['created', 'Created'],
    ['exited', 'Exited (3221225786) 5 seconds ago'],
    ['dead', 'Dead'],
  ] as const)('of one that is %s is %s', (status, words) => {
    expect(statusWords({ ...facts, status }, 10 * SECOND)).toBe(words);
  });

  it.each([
    ['starting', 'Up 10 seconds (health: starting)'],
    ['healthy', 'Up 10 seconds (healthy)'],
    ['unhealthy', 'Up 10 seconds (unhealthy)'],
  ] as const)('says of one that runs and is %s: %s', (health, words) => {
    expect(statusWords({ ...facts, status: 'running', health }, 10 * SECOND)).toBe(words);
  });
});
