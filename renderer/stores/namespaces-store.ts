import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Contract } from '../../shared/contract/contract.ts';
import type { Client, OutputOf } from '../../shared/contract/operation.ts';
import { type AskedStore, createAskedStore } from './asked.ts';

export type Listing = OutputOf<Contract, 'namespace.list'>;

/** Where a pane stands: a path of the object namespace, in the host (`undefined`) or in a container. */
export interface Place {
  readonly path: string;
  readonly in: string | undefined;
}

export interface Pane extends AskedStore<Listing> {
  readonly place: StoreApi<Place>;
  go(place: Partial<Place>): void;
  /** The same as an administrator, whom Windows may ask for. Where `go` leads from there needs no other prompt for a while. */
  goElevated(place?: Partial<Place>): void;
}

export interface NamespacesStore {
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
        });
        if (place.getState() === asking) return listing;
      } catch (caught) {
        if (place.getState() === asking) throw caught;
      }
    }
  }, now);
  const go = (next: Partial<Place>): void => {
    place.setState({ ...place.getState(), ...next }, true);
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

const START: Place = { path: '\\Device', in: undefined };

/** Two panes, side by side: the host's `\Device` and, once chosen, a container's. */
export function createNamespacesStore(client: Client<Contract>, now: () => number): NamespacesStore {
  const left = createPane(client, now, START);
  const right = createPane(client, now, START);
  return {
    left,
    right,
    freshen: () => {
      left.freshen();
      right.freshen();
    },
    forget: () => {
      for (const pane of [left, right]) {
        pane.place.setState(START, true);
        pane.forget();
      }
    },
  };
}
