import type { Clock } from '../../../shared/base/clock.ts';
import { type Disposable, disposable } from '../../../shared/base/disposables.ts';

/** Nothing tells of volumes that come and go inside a silo: a slow look without probes, slower while nothing changes. */
const IDLE_LOOK_MS = 30_000;
const LONGEST_IDLE_MS = 300_000;
/** After the engine came back or the FSD changed, everything is looked at; and once more when the dust has settled. */
const LOOKS_AFTER_MS = [0, 2_000] as const;

/** When everything is looked at. Two such looks are never under way at once. */
export interface WholeLooks extends Disposable {
  /** The look that is under way, or one that begins now. Rejects as the look does. */
  once(): Promise<void>;
  /** One that begins now or later, never one that is under way: what was done just before must be in it. */
  afresh(): Promise<void>;
  /** One in that many ms. */
  after(ms: number): void;
  /** Something large changed. */
  soon(): void;
  /** From now on one now and then, without any occasion. */
  start(): void;
}

/**
 * `look` answers whether it saw a change. One that fails is made again at the next occasion; whoever asked for it hears
 * why.
 */
export function wholeLooks(clock: Clock, look: () => Promise<boolean>): WholeLooks {
  const timers = new Map<number, Disposable>();
  let isOver = false;
  let looking: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  let idle = IDLE_LOOK_MS;
  let idleTimer: Disposable | undefined;

  const lookAndPace = async (): Promise<void> => {
    idle = (await look()) ? IDLE_LOOK_MS : Math.min(idle * 2, LONGEST_IDLE_MS);
  };
  const once = (): Promise<void> => {
    looking ??= lookAndPace().finally(() => {
      looking = undefined;
    });
    return looking;
  };
  const quietly = (): Promise<void> => once().catch(() => undefined);
  const startIdle = (): void => {
    if (isOver) return;
    idleTimer?.dispose();
    idleTimer = clock.after(idle, () => void quietly().finally(startIdle));
  };
  const after = (ms: number): void => {
    if (isOver) return;
    timers.get(ms)?.dispose();
    timers.set(
      ms,
      clock.after(ms, () => void quietly().finally(startIdle)),
    );
  };
  const held = disposable(() => {
    isOver = true;
    for (const timer of timers.values()) timer.dispose();
    idleTimer?.dispose();
  });
  return {
    once,
    afresh() {
      if (looking === undefined) return once();
      next ??= looking
        .catch(() => undefined)
        .then(() => {
          next = undefined;
          return once();
        });
      return next;
    },
    after,
    soon() {
      idle = IDLE_LOOK_MS;
      for (const ms of LOOKS_AFTER_MS) after(ms);
    },
    start: startIdle,
    dispose: () => held.dispose(),
  };
}
