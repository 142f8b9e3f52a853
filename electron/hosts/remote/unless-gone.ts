import { FaultError } from '../../../shared/contract/fault.ts';

/** The work's answer, or `cancelled` as soon as its asker has gone; what comes too late is handed to `late`. */
export function unlessGone<T>(work: Promise<T>, signal: AbortSignal, late: (answer: T) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      reject(new FaultError({ code: 'cancelled' }, { cause: signal.reason }));
      work.then(late, () => undefined);
    };
    if (signal.aborted) return leave();
    signal.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
