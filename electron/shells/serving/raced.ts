import { FaultError } from '../../../shared/contract/fault.ts';

/** Waits for `opening`, but not beyond the signal: then fails with `cancelled`, and `late` lets go of what still comes. */
export function raced<T>(opening: Promise<T>, signal: AbortSignal, late: (made: T) => Promise<void>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      reject(new FaultError({ code: 'cancelled' }));
      opening.then(late).catch(() => undefined);
    };
    if (signal.aborted) {
      stop();
      return;
    }
    signal.addEventListener('abort', stop, { once: true });
    opening.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
