import { describe, expect, it } from 'vitest';
import { pauseBeforeRestart } from './restart-monitor.ts';

const ending = { exitCode: 1, ranFor: 50, restartCount: 0, stoppedByHand: false, previousPause: undefined };
const policy = (Name: string, MaximumRetryCount = 0) => ({ Name, MaximumRetryCount });

describe('a container that ended', () => {
  it.each([
    ['no', {}, undefined],
    ['always', {}, 100],
    ['always', { exitCode: 0 }, 100],
    ['unless-stopped', { stoppedByHand: true }, undefined],
    ['on-failure', { exitCode: 0 }, undefined],
    ['on-failure', {}, 100],
    ['always', { previousPause: 100 }, 200],
    ['always', { previousPause: 60_000 }, 60_000],
    ['always', { previousPause: 800, ranFor: 10_000 }, 100],
  ])('by policy %s and %j pauses %s ms', (name, facts, pause) => {
    expect(pauseBeforeRestart({ ...ending, ...facts, policy: policy(name) })).toBe(pause);
  });

  it('stays down when its retries are used up', () => {
    expect(pauseBeforeRestart({ ...ending, restartCount: 3, policy: policy('on-failure', 3) })).toBeUndefined();
  });
});
