import { type Disposable, disposable } from './disposables.ts';

/** Where time comes from. Milliseconds since the Unix epoch, UTC. */
export interface Clock {
  now(): number;
  /** Runs `act` once after `ms`; dispose to call it off. */
  after(ms: number, act: () => void): Disposable;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, act) {
    const handle = disposable(() => clearTimeout(timer));
    const timer = setTimeout(() => {
      handle.dispose();
      act();
    }, ms);
    return handle;
  },
};

/** Whether it is less than `ms` since then; not so where the clock has been set back, as then nobody knows. */
export function isWithin(ms: number, since: number, now: number): boolean {
  return since <= now && now - since < ms;
}

/** Resolves after `ms`; rejects with the signal's reason when aborted. */
export function sleep(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const stop = (): void => {
      timer.dispose();
      reject(signal?.reason);
    };
    const timer = clock.after(ms, () => {
      signal?.removeEventListener('abort', stop);
      resolve();
    });
    signal?.addEventListener('abort', stop, { once: true });
  });
}

/** A clock that moves only when told to: tests drive it by hand. */
export class ManualClock implements Clock {
  #now: number;
  #sequence = 0;
  readonly #due = new Map<Disposable, { at: number; sequence: number; act: () => void }>();

  constructor(start = Date.UTC(2026, 0, 1)) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, act: () => void): Disposable {
    const handle = disposable(() => this.#due.delete(handle));
    this.#due.set(handle, { at: this.#now + Math.max(0, ms), sequence: this.#sequence++, act });
    return handle;
  }

  /** Lets `ms` pass, running what falls due in its order (and what that schedules, if it falls due too). */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const next = [...this.#due].sort(([, a], [, b]) => a.at - b.at || a.sequence - b.sequence)[0];
      if (next === undefined || next[1].at > end) break;
      const [handle, { at, act }] = next;
      this.#now = at;
      handle.dispose();
      act();
    }
    this.#now = end;
  }
}
