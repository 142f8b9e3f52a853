import type { StoreApi } from 'zustand/vanilla';

/** The first state that fits, now or later. */
export function until<T>(store: StoreApi<T>, fits: (state: T) => boolean): Promise<T> {
  return new Promise(resolve => {
    const now = store.getState();
    if (fits(now)) {
      resolve(now);
      return;
    }
    const undo = store.subscribe(state => {
      if (!fits(state)) return;
      undo();
      resolve(state);
    });
  });
}
