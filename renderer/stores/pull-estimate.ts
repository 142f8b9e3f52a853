import type { PullProgress } from '../../shared/domain/launch.ts';

/** Where a pull was at a moment: milliseconds and 0..1. */
export interface Sample {
  readonly at: number;
  readonly fraction: number;
}

const WINDOW_MS = 10_000;

/** Adds a sample; the window keeps what the speed is judged by. */
export function addSample(samples: readonly Sample[], next: Sample): readonly Sample[] {
  const kept = samples.filter(sample => next.at - sample.at <= WINDOW_MS);
  return [...kept, next];
}

/** Milliseconds to go at the speed of the last seconds; undefined while there is nothing to judge by. */
export function estimateRemaining(samples: readonly Sample[]): number | undefined {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const elapsed = last.at - first.at;
  const gained = last.fraction - first.fraction;
  if (elapsed < 500 || gained <= 0) return undefined;
  return Math.round(((1 - last.fraction) * elapsed) / gained);
}

/** The newer progress, its fraction never below the older one's: a bar that goes back is a lie about the past. */
export function monotone(before: PullProgress | undefined, next: PullProgress): PullProgress {
  return before !== undefined && before.fraction > next.fraction ? { ...next, fraction: before.fraction } : next;
}
