import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import type { Clock } from '../../../shared/base/clock.ts';
import { type Disposable, disposable } from '../../../shared/base/disposables.ts';
import type { Journal } from './journal.ts';

/** A command that is over sooner watched nothing worth telling. */
const TOLD_AFTER_MS = 3_000;
const MARK = /^process (\d+) on ([0-9a-f]{8})$/;

/**
 * Tells in a kept journal from when to when this process watched, and which one was cut off before it could tell its
 * end. Between two watches nobody knows what happened, and the journal must not look as if nothing had.
 */
export function watchSession(journal: Journal, clock: Clock, isAlive: (processId: number) => boolean): Disposable {
  if (!journal.isKept) return disposable(() => undefined);
  const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
  const own = `process ${process.pid} on ${machine}`;
  let told = false;
  const begin = async (): Promise<void> => {
    const { watchers } = await journal.known();
    for (const watcher of watchers) {
      const [, processId, where] = MARK.exec(watcher) ?? [];
      if (where !== machine || watcher === own || isAlive(Number(processId))) continue;
      journal.note({ source: 'host', what: 'watch.lost', subject: watcher });
    }
    told = true;
    journal.note({ source: 'host', what: 'watch.started', subject: own });
  };
  const others = journal.followOthers();
  const timer = clock.after(TOLD_AFTER_MS, () => void begin());
  return disposable(() => {
    others.dispose();
    timer.dispose();
    if (told) journal.note({ source: 'host', what: 'watch.ended', subject: own });
  });
}
