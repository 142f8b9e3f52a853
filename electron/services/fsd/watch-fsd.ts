import type { Clock } from '../../../shared/base/clock.ts';
import { type Disposable, DisposableStore, disposable } from '../../../shared/base/disposables.ts';
import type { Fsd } from '../../../shared/domain/readiness.ts';

const QUICK_MS = 500;
const SLOW_MS = 2_000;
const DISCOVER_AGAIN_EVERY = 30;

/**
 * Watches the FSD. Windows tells nobody without a handle of its own, hence a poll: quick after a change, then slower by
 * half each time, never slower than 2 s. Each look is one `sc query`; once in a while, and whenever nothing was
 * installed, everything is discovered again. A failing look changes nothing.
 */
export function watchFsd(
  clock: Clock,
  look: { readonly discover: () => Promise<Fsd>; readonly state: (service: string) => Promise<Fsd['state']> },
  tell: (now: Fsd, before: Fsd | undefined) => void,
): Disposable {
  const timers = new DisposableStore();
  let ended = false;
  let known: Fsd | undefined;
  let pause = QUICK_MS;
  let looks = 0;
  let timer: Disposable | undefined;

  const once = async (): Promise<void> => {
    const service = known?.service;
    const thorough = service === undefined || looks++ % DISCOVER_AGAIN_EVERY === 0;
    const now = thorough ? await look.discover() : { ...known, state: await look.state(service) };
    if (ended) return;
    const changed =
      known === undefined ||
      known.state !== now.state ||
      known.service !== now.service ||
      known.version !== now.version;
    const before = known;
    known = now;
    pause = changed ? QUICK_MS : Math.min(pause * 1.5, SLOW_MS);
    if (changed) tell(now, before);
  };
  const schedule = (ms: number): void => {
    if (ended) return;
    timer = clock.after(ms, () => {
      void once()
        .catch(() => {
          pause = SLOW_MS;
        })
        .finally(() => schedule(pause));
    });
  };
  schedule(0);
  timers.defer(() => {
    ended = true;
    timer?.dispose();
  });
  return disposable(() => timers.dispose());
}
