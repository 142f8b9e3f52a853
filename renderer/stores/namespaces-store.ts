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
  const asked = createAskedStore<Listing>(async () => {
    for (;;) {
      const asking = place.getState();
      try {
        const listing = await client.call('namespace.list', {
          path: asking.path,
          ...(asking.in === undefined ? {} : { in: asking.in }),
        });
        if (place.getState() === asking) return listing;
      } catch (caught) {
        if (place.getState() === asking) throw caught;
      }
    }
  }, now);
  return {
    ...asked,
    place,
    go: next => {
      place.setState({ ...place.getState(), ...next }, true);
      asked.store.setState({ kind: 'waiting' }, true);
      void asked.refresh();
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
