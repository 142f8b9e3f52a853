import { type Clock, sleep } from '../../shared/base/clock.ts';

/**
 * Resolves when `settled` does, or after `ms`, whichever comes first; the timer never outlives it. Rejects when
 * `settled` does, or with the signal's reason.
 */
export async function either(clock: Clock, settled: Promise<unknown>, ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  const timer = new AbortController();
  const stop = (): void => timer.abort(signal?.reason);
  signal?.addEventListener('abort', stop, { once: true });
  const slept = sleep(clock, ms, timer.signal).catch((reason: unknown) => {
    if (signal?.aborted === true) throw reason;
  });
  try {
    await Promise.race([settled, slept]);
  } finally {
    signal?.removeEventListener('abort', stop);
    timer.abort();
    // Nobody may be left to hear of it when the race was won by the other.
    slept.catch(() => undefined);
  }
}
