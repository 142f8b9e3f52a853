import { setMaxListeners } from 'node:events';
import type { Clock } from '../../shared/base/clock.ts';
import { FaultError } from '../../shared/contract/fault.ts';

/**
 * Runs `act` for at most `ms`. Settles at the limit (`timed-out`) or at the caller's abort (`cancelled`) even when
 * `act` never does; `act` is told by its own signal.
 */
export function within<T>(
  clock: Clock,
  limit: { readonly what: string; readonly ms: number; readonly signal?: AbortSignal | undefined },
  act: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const own = new AbortController();
  // One signal for many looks at once is how it is meant to be: Node's warning of a leak is not.
  setMaxListeners(0, own.signal);
  if (limit.signal !== undefined) setMaxListeners(0, limit.signal);
  return new Promise<T>((resolve, reject) => {
    const fail = (error: FaultError): void => {
      finish();
      reject(error);
      own.abort(error);
    };
    const cancel = (): void => fail(new FaultError({ code: 'cancelled' }));
    const timer = clock.after(limit.ms, () =>
      fail(new FaultError({ code: 'timed-out', what: limit.what, afterMs: limit.ms })),
    );
    const finish = (): void => {
      timer.dispose();
      limit.signal?.removeEventListener('abort', cancel);
    };
    if (limit.signal?.aborted) {
      cancel();
      return;
    }
    limit.signal?.addEventListener('abort', cancel, { once: true });
    act(own.signal).then(
      value => {
        finish();
        resolve(value);
      },
      (error: unknown) => {
        finish();
        reject(error);
      },
    );
  });
}
