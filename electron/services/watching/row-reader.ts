import { type Disposable, disposable } from '../../../shared/base/disposables.ts';

/** Reads containers anew after their events. */
export interface RowReader extends Disposable {
  touch(id: string): void;
}

/**
 * One reading at a time, at once where none is under way; what is touched meanwhile is read together afterwards, so that a
 * burst of events is a handful of readings. `failed`: nobody knows now how those containers stand.
 */
export function rowReader(read: (containers: ReadonlySet<string>) => Promise<void>, failed: () => void): RowReader {
  let waiting = new Set<string>();
  let isReading = false;
  let isOver = false;

  const run = async (): Promise<void> => {
    isReading = true;
    while (waiting.size > 0) {
      const batch = waiting;
      waiting = new Set();
      await read(batch).catch(() => {
        if (!isOver) failed();
      });
    }
    isReading = false;
  };
  const held = disposable(() => {
    isOver = true;
    waiting.clear();
  });
  return {
    touch(id) {
      if (isOver) return;
      waiting.add(id);
      if (!isReading) void run();
    },
    dispose: () => held.dispose(),
  };
}
