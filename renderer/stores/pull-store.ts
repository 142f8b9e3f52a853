import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Contract } from '../../shared/contract/contract.ts';
import { type Fault, faultOf } from '../../shared/contract/fault.ts';
import type { Client } from '../../shared/contract/operation.ts';
import type { PullProgress } from '../../shared/domain/launch.ts';
import { addSample, estimateRemaining, monotone, type Sample } from './pull-estimate.ts';

/** One pull in the queue: `waiting ─▶ pulling ─▶ done | faulted | cancelled`. */
export interface Pull {
  readonly reference: string;
  readonly state: 'waiting' | 'pulling' | 'done' | 'faulted' | 'cancelled';
  readonly progress: PullProgress | undefined;
  readonly remainingMs: number | undefined;
  readonly fault: Fault | undefined;
}

export interface PullStore {
  readonly store: StoreApi<{ readonly pulls: readonly Pull[] }>;
  /** Queues; one that is waiting or under way is not queued twice. Resolves when it has ended, whatever the end. */
  pull(reference: string): Promise<Pull>;
  cancel(reference: string): void;
  /** Takes an ended pull off the list. */
  dismiss(reference: string): void;
}

/** One at a time: two images share layers, and the engine's disk is the bottleneck. `pulled` is told after each success. */
export function createPullStore(client: Client<Contract>, now: () => number, pulled: () => void): PullStore {
  const store = createStore<{ pulls: readonly Pull[] }>(() => ({ pulls: [] }));
  const controllers = new Map<string, AbortController>();
  const running = new Map<string, Promise<Pull>>();
  let queue: Promise<unknown> = Promise.resolve();

  const find = (reference: string): Pull | undefined =>
    store.getState().pulls.find(pull => pull.reference === reference);
  const change = (reference: string, next: Partial<Pull>): void =>
    store.setState(({ pulls }) => ({
      pulls: pulls.map(pull => (pull.reference === reference ? { ...pull, ...next } : pull)),
    }));

  const run = async (reference: string, controller: AbortController): Promise<void> => {
    if (controller.signal.aborted) return change(reference, { state: 'cancelled' });
    change(reference, { state: 'pulling' });
    let samples: readonly Sample[] = [];
    try {
      await client.call(
        'image.pull',
        { reference },
        {
          signal: controller.signal,
          onProgress: told => {
            const progress = monotone(find(reference)?.progress, told);
            samples = addSample(samples, { at: now(), fraction: progress.fraction });
            change(reference, { progress, remainingMs: estimateRemaining(samples) });
          },
        },
      );
      change(reference, { state: 'done', remainingMs: undefined });
      pulled();
    } catch (caught) {
      const fault = faultOf(caught);
      if (fault.code === 'cancelled') change(reference, { state: 'cancelled', remainingMs: undefined });
      else change(reference, { state: 'faulted', fault, remainingMs: undefined });
    }
  };

  return {
    store,
    pull: reference => {
      const already = running.get(reference);
      if (already !== undefined) return already;
      const controller = new AbortController();
      controllers.set(reference, controller);
      const fresh: Pull = {
        reference,
        state: 'waiting',
        progress: undefined,
        remainingMs: undefined,
        fault: undefined,
      };
      store.setState(({ pulls }) => ({ pulls: [...pulls.filter(pull => pull.reference !== reference), fresh] }));
      const turn = queue.then(() => run(reference, controller));
      queue = turn;
      const ended = turn.then(() => {
        running.delete(reference);
        controllers.delete(reference);
        return find(reference) ?? fresh;
      });
      running.set(reference, ended);
      return ended;
    },
    cancel: reference => {
      controllers.get(reference)?.abort();
      if (find(reference)?.state === 'waiting') change(reference, { state: 'cancelled' });
    },
    dismiss: reference => {
      if (running.has(reference)) return;
      store.setState(({ pulls }) => ({ pulls: pulls.filter(pull => pull.reference !== reference) }));
    },
  };
}
