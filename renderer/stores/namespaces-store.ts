import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Contract } from '../../shared/contract/contract.ts';
import { type Fault, faultOf } from '../../shared/contract/fault.ts';
import type { Client, OutputOf } from '../../shared/contract/operation.ts';
import type { SearchProgress } from '../../shared/domain/object-entry.ts';
import { type AskedStore, createAskedStore } from './asked.ts';

export type Listing = OutputOf<Contract, 'namespace.list'>;

/** Where a pane stands: a path of the object namespace, in the host (`undefined`) or in a container. */
export interface Place {
  readonly path: string;
  readonly in: string | undefined;
  /** As it was at that time; absent: as it is. */
  readonly at?: string | undefined;
}

export interface Pane extends AskedStore<Listing> {
  readonly place: StoreApi<Place>;
  go(place: Partial<Place>): void;
  /** The same as an administrator, whom Windows may ask for. Where `go` leads from there needs no other prompt for a while. */
  goElevated(place?: Partial<Place>): void;
}

/** `idle ─find─▶ looking ─▶ found | faulted`; stopping it leaves `idle`. */
export type NameSearch =
  | { readonly kind: 'idle' }
  | { readonly kind: 'looking'; readonly name: string; readonly progress?: SearchProgress }
  | { readonly kind: 'found'; readonly name: string; readonly answer: OutputOf<Contract, 'namespace.find'> }
  | { readonly kind: 'faulted'; readonly name: string; readonly fault: Fault };

export interface NamespacesStore {
  readonly search: StoreApi<NameSearch>;
  /** Who exposes a name, over all namespaces. A new search calls the old one off; undefined ends it. */
  find(name: string | undefined): void;
  readonly left: Pane;
  readonly right: Pane;
  freshen(): void;
  /** Back to the host's own directory: the containers of another host are not these. */
  forget(): void;
}

function createPane(client: Client<Contract>, now: () => number, start: Place): Pane {
  const place = createStore<Place>(() => start);
  // Only a person's own act may lead to a prompt: what is asked by itself makes do with rights that are still held.
  let asksPerson = false;
  const asked = createAskedStore<Listing>(async () => {
    for (;;) {
      const elevate = asksPerson ? 'ask' : 'if-held';
      asksPerson = false;
      const asking = place.getState();
      try {
        const listing = await client.call('namespace.list', {
          path: asking.path,
          elevate,
          ...(asking.in === undefined ? {} : { in: asking.in }),
          ...(asking.at === undefined ? {} : { at: asking.at }),
        });
        if (place.getState() === asking) return listing;
      } catch (caught) {
        if (place.getState() === asking) throw caught;
      }
    }
  }, now);
  const go = (next: Partial<Place>): void => {
    // A time is one of a place: elsewhere it is now.
    const { at: _, ...before } = place.getState();
    place.setState({ ...before, ...next }, true);
    asked.store.setState({ kind: 'waiting' }, true);
    void asked.refresh();
  };
  return {
    ...asked,
    place,
    go,
    goElevated: (next = {}) => {
      asksPerson = true;
      go(next);
    },
  };
}

/** Where both panes stand at first. */
export const START: Place = { path: '\\Device', in: undefined };

/** Two panes, side by side: the host's `\Device` and, once chosen, a container's. */
export function createNamespacesStore(client: Client<Contract>, now: () => number): NamespacesStore {
  const left = createPane(client, now, START);
  const right = createPane(client, now, START);
  const search = createStore<NameSearch>(() => ({ kind: 'idle' }));
  let running: AbortController | undefined;
  const find = (name: string | undefined): void => {
    running?.abort();
    running = undefined;
    if (name === undefined) {
      search.setState({ kind: 'idle' }, true);
      return;
    }
    const own = new AbortController();
    running = own;
    const settle = (next: NameSearch): void => {
      if (running === own) search.setState(next, true);
    };
    settle({ kind: 'looking', name });
    const onProgress = (progress: SearchProgress): void => settle({ kind: 'looking', name, progress });
    client
      .call('namespace.find', { name, elevate: 'if-held' }, { signal: own.signal, onProgress })
      .then(answer => settle({ kind: 'found', name, answer }))
      .catch((caught: unknown) => settle({ kind: 'faulted', name, fault: faultOf(caught) }));
  };
  return {
    left,
    right,
    search,
    find,
    freshen: () => {
      left.freshen();
      right.freshen();
    },
    forget: () => {
      find(undefined);
      for (const pane of [left, right]) {
        pane.place.setState(START, true);
        pane.forget();
      }
    },
  };
}
