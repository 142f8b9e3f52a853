import type { Clock } from '../../../shared/base/clock.ts';
import { FaultError } from '../../../shared/contract/fault.ts';

export interface Limit {
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Named in the fault `timed-out`. */
  readonly what: string;
}

/** The work's answer; or, when time or patience ran out first, the fault `timed-out` or `cancelled`. The work may never settle. */
export function withinLimit<T>(work: Promise<T>, { clock, timeoutMs, signal, what }: Limit): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const end = (settle: () => void): void => {
      timer.dispose();
      signal?.removeEventListener('abort', onAbort);
      settle();
    };
    const onAbort = (): void => end(() => reject(new FaultError({ code: 'cancelled' }, { cause: signal?.reason })));
    const timer = clock.after(timeoutMs, () =>
      end(() => reject(new FaultError({ code: 'timed-out', what, afterMs: timeoutMs }))),
    );
    if (signal?.aborted === true) {
      onAbort();
      return;
    }
    signal?.addEventListener('abort', onAbort, { once: true });
    work.then(
      value => end(() => resolve(value)),
      (error: unknown) => end(() => reject(error)),
    );
  });
}
