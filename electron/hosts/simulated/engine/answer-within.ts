import type { Clock } from '../../../../shared/base/clock.ts';

/** A file system that never answers must not hang the daemon: so many milliseconds for one question. */
const LIMIT = 3_000;

/** The answer, or `otherwise` when it does not come in time. A rejection passes through. */
export function answerWithin<T>(clock: Clock, question: Promise<T>, otherwise: T): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = clock.after(LIMIT, () => resolve(otherwise));
    question.then(resolve, reject).finally(() => timer.dispose());
  });
}
