import type { Clock } from '../../shared/base/clock.ts';
import { FaultError } from '../../shared/contract/fault.ts';

export interface Limit {
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Named in the fault `timed-out`. */
  readonly what: string;
  /** Called when the limit struck, before the fault is thrown: ends what was started. */
  readonly onStruck?: () => void;
}

/** The work's answer; or, when time or patience ran out first, the fault `timed-out` or `cancelled`. The work may never settle. */
export function withinLimit<T>(work: Promise<T>, limit: Limit): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const end = (settle: () => void): void => {
      timer.dispose();
      limit.signal?.removeEventListener('abort', onAbort);
      settle();
    };
    const strike = (fault: FaultError): void =>
      end(() => {
        limit.onStruck?.();
        reject(fault);
      });
    const onAbort = (): void => strike(new FaultError({ code: 'cancelled' }, { cause: limit.signal?.reason }));
    const timer = limit.clock.after(limit.timeoutMs, () =>
      strike(new FaultError({ code: 'timed-out', what: limit.what, afterMs: limit.timeoutMs })),
    );
    if (limit.signal?.aborted === true) {
      onAbort();
      return;
    }
    limit.signal?.addEventListener('abort', onAbort, { once: true });
    work.then(
      value => end(() => resolve(value)),
      (error: unknown) => end(() => reject(error)),
    );
  });
}
