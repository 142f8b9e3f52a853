import type { Clock } from '../../../shared/base/clock.ts';
import { type Disposable, DisposableStore, disposable } from '../../../shared/base/disposables.ts';
import type { Fsd } from '../../../shared/domain/readiness.ts';

/** From the beginning of one look to that of the next. After a change there may be more to come. */
const QUICK_MS = 500;
const SIGN_MS = 1_000;
/** Where the sign tells nothing, the SCM is asked each time: still seen within 2 s, the answer included. */
const UNSIGNED_MS = 1_500;
/** What is not installed is nobody's loss. */
const ABSENT_MS = 5_000;
/** However well the sign fits, the SCM is asked that often. */
const ASK_AT_LEAST_MS = 15_000;
const DISCOVER_AGAIN_MS = 60_000;

/** How the FSD is looked at. */
export interface FsdLooks {
  readonly discover: () => Promise<Fsd>;
  readonly state: (service: string) => Promise<Fsd['state']>;
  /** A cheap sign of a running driver; undefined where it tells nothing. */
  readonly isLoaded: (service: string) => Promise<boolean | undefined>;
}

/**
 * Watches the FSD: a change is told within 2 s, as long as whoever is asked answers within half a second. The SCM
 * notifies of services in processes only, never of drivers (MS-SCMR, RNotifyServiceStatusChange), hence a poll: once a
 * second the cheap sign is compared with what is known, and the SCM is asked when the two do not fit. Once in a while,
 * and whenever nothing was installed, everything is discovered again. A failing look changes nothing.
 */
export function watchFsd(clock: Clock, look: FsdLooks, tell: (now: Fsd, before: Fsd | undefined) => void): Disposable {
  const timers = new DisposableStore();
  let ended = false;
  let known: Fsd | undefined;
  let discoveredAt = Number.NEGATIVE_INFINITY;
  let askedAt = Number.NEGATIVE_INFINITY;
  let timer: Disposable | undefined;

  /** Answers how long after its beginning the next look is due. */
  const once = async (begunAt: number): Promise<number> => {
    const service = known?.state === 'not-installed' ? undefined : known?.service;
    if (known === undefined || service === undefined || begunAt - discoveredAt >= DISCOVER_AGAIN_MS) {
      const now = await look.discover();
      discoveredAt = begunAt;
      askedAt = begunAt;
      return take(now) ? QUICK_MS : now.state === 'not-installed' ? ABSENT_MS : SIGN_MS;
    }
    const isLoaded = await look.isLoaded(service);
    const fits = known.state === (isLoaded === undefined ? undefined : isLoaded ? 'running' : 'stopped');
    if (fits && begunAt - askedAt < ASK_AT_LEAST_MS) return SIGN_MS;
    const now = { ...known, state: await look.state(service) };
    askedAt = begunAt;
    return take(now) ? QUICK_MS : fits ? SIGN_MS : UNSIGNED_MS;
  };
  const take = (now: Fsd): boolean => {
    if (ended) return false;
    const before = known;
    known = now;
    const changed =
      before === undefined ||
      before.state !== now.state ||
      (now.state !== 'not-installed' && before.service !== now.service) ||
      before.version !== now.version;
    if (changed) tell(now, before);
    return changed;
  };
  const schedule = (ms: number): void => {
    if (ended) return;
    timer = clock.after(ms, () => {
      const begunAt = clock.now();
      void once(begunAt)
        .catch(() => UNSIGNED_MS)
        .then(pause => schedule(Math.min(pause, Math.max(0, begunAt + pause - clock.now()))));
    });
  };
  schedule(0);
  timers.defer(() => {
    ended = true;
    timer?.dispose();
  });
  return disposable(() => timers.dispose());
}
