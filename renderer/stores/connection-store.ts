import { createStore, type StoreApi } from 'zustand/vanilla';

/** How the page stands to its server; the link's own state, told in the same words. */
export type Connection =
  | { readonly kind: 'connecting' | 'open' | 'silent'; readonly since: number }
  | { readonly kind: 'lost'; readonly since: number; readonly attempt: number; readonly retryAt: number }
  | { readonly kind: 'refused'; readonly since: number; readonly reason: 'no-token' | 'token-rejected' };

/** Whoever keeps the connection. */
export interface ConnectionSource {
  readonly state: Connection;
  onState(listener: (state: Connection) => void): () => void;
  retry(): void;
}

export interface ConnectionStore {
  readonly store: StoreApi<Connection>;
  retry(): void;
}

/** Mirrors the link; `opened` is told each time the link comes (back) up. Answers the store and its undo. */
export function createConnectionStore(source: ConnectionSource, opened: () => void): ConnectionStore & { end(): void } {
  const store = createStore<Connection>(() => source.state);
  const end = source.onState(state => {
    const before = store.getState().kind;
    store.setState(state, true);
    // A server that was silent may have been anywhere: what it says now is asked anew.
    if (state.kind === 'open' && before !== 'open') opened();
  });
  return { store, end, retry: () => source.retry() };
}
