import type { Clock } from '../../../shared/base/clock.ts';
import { type Disposable, disposable } from '../../../shared/base/disposables.ts';
import { hasEnded, ownProcess } from '../own-process.ts';
import type { Seen } from '../watching/seen.ts';
import { gapsOf } from './inspection-changes.ts';
import type { Journal } from './journal.ts';

/** A command that is over sooner watched nothing worth telling. */
const TOLD_AFTER_MS = 3_000;

/**
 * Tells in a kept journal from when to when this process watched, and which one was cut off before it could tell its
 * end. Between two watches nobody knows what happened, and the journal must not look as if nothing had. `known`: what it
 * has seen; what it could not list is told with its beginning.
 */
export function watchSession(
  journal: Journal,
  clock: Clock,
  isAlive: (processId: number) => boolean,
  known: () => Pick<Seen, 'gaps'> | undefined = () => undefined,
): Disposable {
  if (!journal.isKept) return disposable(() => undefined);
  const own = ownProcess();
  let told = false;
  const begun = (): void => {
    const seen = known();
    const gaps = seen === undefined ? {} : { data: gapsOf(seen) };
    journal.note({ source: 'host', what: 'watch.started', subject: own, ...gaps });
  };
  const begin = async (): Promise<void> => {
    const { watchers } = await journal.known();
    for (const watcher of watchers) {
      if (watcher === own || hasEnded(watcher, isAlive) !== true) continue;
      journal.note({ source: 'host', what: 'watch.lost', subject: watcher });
    }
    told = true;
    begun();
  };
  const others = journal.followOthers();
  const undo = journal.onAppended(({ what }) => {
    if (told && what === 'journal.cut-short') begun();
  });
  const timer = clock.after(TOLD_AFTER_MS, () => void begin());
  return disposable(() => {
    others.dispose();
    timer.dispose();
    undo();
    if (told) journal.note({ source: 'host', what: 'watch.ended', subject: own });
  });
}
