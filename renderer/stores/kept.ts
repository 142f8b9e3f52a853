import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Fault, faultOf } from '../../shared/contract/fault.ts';
import { type AskedStore, createAskedStore } from './asked.ts';

/** What the user keeps: asked for, and changed from here. */
export interface KeptStore<T> extends AskedStore<T> {
  /** Why the last change was not kept. */
  readonly refused: StoreApi<{ readonly fault: Fault | undefined }>;
}

/** Makes a change, then asks what is kept now. Answers whether it was taken; never rejects. */
export type Change = (call: () => Promise<unknown>) => Promise<boolean>;

export function createKeptStore<T>(ask: () => Promise<T>, now: () => number): readonly [KeptStore<T>, Change] {
  const refused = createStore<{ fault: Fault | undefined }>(() => ({ fault: undefined }));
  const asked = createAskedStore<T>(ask, now);
  const change: Change = async call => {
    try {
      await call();
      refused.setState({ fault: undefined });
      return true;
    } catch (caught) {
      refused.setState({ fault: faultOf(caught) });
      return false;
    } finally {
      await asked.refresh();
    }
  };
  return [{ ...asked, refused }, change];
}
