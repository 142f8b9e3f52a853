import type { Clock } from '../../shared/base/clock.ts';
import { type Disposable, disposable } from '../../shared/base/disposables.ts';

/** Does something at most once in a while: at once after a pause, else when the pause is over. */
export interface Paced extends Disposable {
  soon(): void;
}

/** `pauseMs` is asked each time: what is looked at is worth more haste. */
export function paced(clock: Clock, act: () => void, pauseMs: () => number): Paced {
  let last = Number.NEGATIVE_INFINITY;
  let timer: Disposable | undefined;
  const run = (): void => {
    timer?.dispose();
    timer = undefined;
    last = clock.now();
    act();
  };
  const held = disposable(() => timer?.dispose());
  return {
    soon() {
      const wait = last + pauseMs() - clock.now();
      if (wait <= 0) run();
      else timer ??= clock.after(wait, run);
    },
    dispose: () => held.dispose(),
  };
}
