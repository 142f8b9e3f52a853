import type { Clock } from '../../shared/base/clock.ts';
import { type Paced, paced } from './paced.ts';

/** Pieces that come one by one, by thousands a second, and are taken many at once: nobody reads them singly. */
export interface Gathering<T> {
  hold(pieces: readonly T[]): void;
  /** Takes what is held, at most once in a while. */
  soon(): void;
  /** Takes what is held at once. */
  now(): void;
  /** Drops what is held, for a reading that begins or has ended. */
  anew(): void;
}

/** Between two takings of what has come. */
const PAUSE_MS = 100;

export function gathering<T>(clock: Clock, take: (pieces: readonly T[]) => void): Gathering<T> {
  let held: T[] = [];
  let pace: Paced | undefined;
  const now = (): void => {
    const pieces = held;
    held = [];
    take(pieces);
  };
  return {
    hold: pieces => void held.push(...pieces),
    soon: () => {
      pace ??= paced(clock, now, () => PAUSE_MS);
      pace.soon();
    },
    now,
    anew: () => {
      pace?.dispose();
      pace = undefined;
      held = [];
    },
  };
}
