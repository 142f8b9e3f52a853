/** Waits for `settled`, but not beyond the signal: rejects with its reason then. What is waited for goes on. */
export function unlessAborted<T>(settled: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (signal === undefined) return settled;
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    settled.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
