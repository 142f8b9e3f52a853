import type { Clock } from '../../../shared/base/clock.ts';
import { type Disposable, disposable } from '../../../shared/base/disposables.ts';

/** When to look after an event, in milliseconds from it. Nothing tells of a volume inside a silo, hence more than once. */
const CAME_MS = [0, 40, 100, 200, 350, 550, 800, 1_200, 2_000, 4_000];
const GONE_MS = [0, 100, 300, 1_200];
/** How long an event is remembered, for looks that began before it. */
const REMEMBERED_MS = 600_000;

/** Looks at containers after their events, and only at those. */
export interface ContainerLooks extends Disposable {
  /** A container came or went: a look at once, and a few more. */
  touch(id: string, what: 'came' | 'gone'): void;
  /** Those that came or went at that time (ms since the epoch) or later. */
  touchedSince(at: number): ReadonlySet<string>;
}

interface Due {
  readonly from: number;
  readonly delays: readonly number[];
  next: number;
}

/**
 * One look at a time, for all containers that are due: a burst of a thousand events is a handful of looks. `look` answers
 * the containers whose volumes are there; those are looked at once more, at the end.
 */
export function containerLooks(
  clock: Clock,
  look: (containers: ReadonlySet<string>) => Promise<ReadonlySet<string>>,
): ContainerLooks {
  const due = new Map<string, Due>();
  const touched = new Map<string, number>();
  let timer: Disposable | undefined;
  let isLooking = false;
  let isOver = false;

  const at = ({ from, delays, next }: Due): number => from + (delays[next] ?? 0);
  const schedule = (): void => {
    timer?.dispose();
    timer = undefined;
    if (isOver || isLooking || due.size === 0) return;
    const first = Math.min(...Array.from(due.values(), at));
    timer = clock.after(Math.max(0, first - clock.now()), () => void round());
  };
  const advance = (id: string, entry: Due, found: boolean): void => {
    // An event that came meanwhile has made an entry of its own.
    if (due.get(id) !== entry) return;
    entry.next = found ? Math.max(entry.next + 1, entry.delays.length - 1) : entry.next + 1;
    if (entry.next >= entry.delays.length) due.delete(id);
  };
  const round = async (): Promise<void> => {
    const now = clock.now();
    const batch = new Map([...due].filter(([, entry]) => at(entry) <= now));
    if (batch.size === 0) {
      // A timer may fire a millisecond before the clock says so.
      schedule();
      return;
    }
    isLooking = true;
    try {
      const found = await look(new Set(batch.keys()));
      for (const [id, entry] of batch) advance(id, entry, found.has(id));
    } catch {
      // A look that fails is made again at the next occasion; whoever asks for an inspection hears why.
      for (const [id, entry] of batch) advance(id, entry, false);
    } finally {
      isLooking = false;
      schedule();
    }
  };

  const held = disposable(() => {
    isOver = true;
    timer?.dispose();
    due.clear();
  });
  return {
    touch(id, what) {
      const now = clock.now();
      for (const [old, when] of touched) {
        if (now - when <= REMEMBERED_MS) break;
        touched.delete(old);
      }
      // Anew, so that the oldest come first.
      touched.delete(id);
      touched.set(id, now);
      due.set(id, { from: now, delays: what === 'came' ? CAME_MS : GONE_MS, next: 0 });
      schedule();
    },
    touchedSince: time => new Set([...touched].flatMap(([id, when]) => (when >= time ? [id] : []))),
    dispose: () => held.dispose(),
  };
}
