import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Fault, faultOf } from '../../shared/contract/fault.ts';

/**
 *   waiting ──answer──▶ known ──fault──▶ known, with the fault beside the last answer
 *      └─────fault────▶ faulted ──answer──▶ known
 */
export type Asked<T> =
  | { readonly kind: 'waiting' }
  | {
      readonly kind: 'known';
      readonly value: T;
      /** When it was answered. */
      readonly at: number;
      readonly asking: boolean;
      /** Why the last asking failed: what is shown is older than it should be. */
      readonly fault?: Fault;
    }
  | { readonly kind: 'faulted'; readonly fault: Fault; readonly asking: boolean };

/** One question that is asked again and again. */
export interface AskedStore<T> {
  readonly store: StoreApi<Asked<T>>;
  /** Asks when nobody has asked yet; a screen calls it when it appears. */
  want(): void;
  /** Asks again; resolves when an answer to this or a later asking is there. Never rejects. */
  refresh(): Promise<void>;
  /** Asks again if anybody ever wanted it: for news and for a link that came back. */
  freshen(): void;
  /** What was known is of another host: it is let go, with what is still under way, and asked anew if it was wanted. */
  forget(): void;
}

/** The state after `asking` began. */
export function beginAsking<T>(state: Asked<T>): Asked<T> {
  return state.kind === 'waiting' ? state : { ...state, asking: true };
}

/** The state after an answer. */
export function answered<T>(value: T, at: number): Asked<T> {
  return { kind: 'known', value, at, asking: false };
}

/** The state after a fault: what was known stays, marked. */
export function failed<T>(state: Asked<T>, fault: Fault): Asked<T> {
  return state.kind === 'known' ? { ...state, asking: false, fault } : { kind: 'faulted', fault, asking: false };
}

/**
 * Questions do not overlap: what is wanted while one is under way is asked once, afterwards. `finish` is given each answer
 * in the moment in which it is shown.
 */
export function createAskedStore<T>(
  ask: (previous: T | undefined) => Promise<T>,
  now: () => number,
  finish: (answer: T) => T = answer => answer,
): AskedStore<T> {
  const store = createStore<Asked<T>>(() => ({ kind: 'waiting' }));
  let wanted = false;
  let running: Promise<void> | undefined;
  let again: Promise<void> | undefined;
  let era = 0;

  const run = async (): Promise<void> => {
    store.setState(beginAsking(store.getState()), true);
    const before = store.getState();
    const own = era;
    try {
      const value = await ask(before.kind === 'known' ? before.value : undefined);
      if (own === era) store.setState(answered(finish(value), now()), true);
    } catch (caught) {
      if (own === era) store.setState(failed(store.getState(), faultOf(caught)), true);
    }
  };

  const refresh = (): Promise<void> => {
    wanted = true;
    if (running === undefined) {
      running = run().finally(() => {
        running = undefined;
      });
      return running;
    }
    again ??= running.then(() => {
      again = undefined;
      return refresh();
    });
    return again;
  };

  return {
    store,
    refresh,
    want: () => {
      if (!wanted) void refresh();
    },
    freshen: () => {
      if (wanted) void refresh();
    },
    forget: () => {
      era += 1;
      store.setState({ kind: 'waiting' }, true);
      if (wanted) void refresh();
    },
  };
}
