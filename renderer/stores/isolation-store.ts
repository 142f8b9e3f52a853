import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Contract } from '../../shared/contract/contract.ts';
import { type Fault, faultOf } from '../../shared/contract/fault.ts';
import type { Client } from '../../shared/contract/operation.ts';
import type { IsolationProgress, IsolationTable } from '../../shared/domain/isolation-test.ts';
import { type AskedStore, createAskedStore } from './asked.ts';

/**
 *   idle ──run──▶ running ──▶ idle, with a new table in the history
 *                    └──fault──▶ faulted
 */
export type IsolationRun =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly progress: IsolationProgress | undefined; readonly cancelling: boolean }
  | { readonly kind: 'faulted'; readonly fault: Fault };

export interface IsolationStore extends AskedStore<readonly IsolationTable[]> {
  readonly run: StoreApi<IsolationRun>;
  /** Never rejects. `plainUnc`: also opens the plain UNC name. */
  start(plainUnc: boolean): Promise<void>;
  /** Calls it off; what it made is removed before it is idle again. */
  cancel(): void;
}

/** The isolation self-test and its history, oldest first. */
export function createIsolationStore(client: Client<Contract>, now: () => number): IsolationStore {
  const run = createStore<IsolationRun>(() => ({ kind: 'idle' }));
  const asked = createAskedStore<readonly IsolationTable[]>(
    async () => (await client.call('isolation.history', {})).tables,
    now,
  );
  let stop: AbortController | undefined;
  return {
    ...asked,
    run,
    start: async plainUnc => {
      if (run.getState().kind === 'running') return;
      stop = new AbortController();
      run.setState({ kind: 'running', progress: undefined, cancelling: false }, true);
      try {
        await client.call(
          'isolation.test',
          { plainUnc },
          {
            signal: stop.signal,
            onProgress: progress => {
              const state = run.getState();
              if (state.kind === 'running') run.setState({ ...state, progress }, true);
            },
          },
        );
        await asked.refresh();
        run.setState({ kind: 'idle' }, true);
      } catch (caught) {
        const fault = faultOf(caught);
        run.setState(fault.code === 'cancelled' ? { kind: 'idle' } : { kind: 'faulted', fault }, true);
      }
    },
    cancel: () => {
      const state = run.getState();
      if (state.kind === 'running') run.setState({ ...state, cancelling: true }, true);
      stop?.abort();
    },
  };
}
