import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Contract } from '../../shared/contract/contract.ts';
import { type Fault, faultOf } from '../../shared/contract/fault.ts';
import type { Client } from '../../shared/contract/operation.ts';

export interface TerminalSize {
  readonly rows: number;
  readonly columns: number;
}

/** `closed ─open─▶ running ─▶ ended | faulted`; what it prints goes to whoever shows it, not into the state. */
export type TerminalState =
  | { readonly kind: 'closed' }
  | { readonly kind: 'running'; readonly container: string }
  | { readonly kind: 'ended'; readonly container: string; readonly exitCode: number }
  | { readonly kind: 'faulted'; readonly container: string; readonly fault: Fault };

export interface TerminalStore {
  readonly store: StoreApi<TerminalState>;
  /** A shell in a container, in the place of the one before. `print` is handed what it writes. */
  open(container: string, size: TerminalSize, print: (data: string) => void): void;
  type(data: string): void;
  resize(size: TerminalSize): void;
  close(): void;
}

interface Session {
  readonly id: string;
  readonly ending: AbortController;
}

/** One terminal at a time: it lives while its screen shows it. `newId` must be random, since who knows it may type. */
export function createTerminalStore(client: Client<Contract>, newId: () => string): TerminalStore {
  const store = createStore<TerminalState>(() => ({ kind: 'closed' }));
  let session: Session | undefined;
  /** Keystrokes go one after the other: calls may overtake each other, letters may not. */
  let typing: Promise<unknown> = Promise.resolve();

  const end = (): void => {
    session?.ending.abort();
    session = undefined;
  };

  return {
    store,
    open: (container, size, print) => {
      end();
      const own: Session = { id: newId(), ending: new AbortController() };
      session = own;
      store.setState({ kind: 'running', container }, true);
      const settle = (state: TerminalState): void => {
        if (session !== own) return;
        session = undefined;
        store.setState(state, true);
      };
      client
        .call(
          'terminal.open',
          { id: own.id, container, ...size },
          {
            signal: own.ending.signal,
            onProgress: ({ data }) => {
              if (session === own) print(data);
            },
          },
        )
        .then(
          ({ exitCode }) => settle({ kind: 'ended', container, exitCode }),
          (caught: unknown) => settle({ kind: 'faulted', container, fault: faultOf(caught) }),
        );
    },
    type: data => {
      const own = session;
      if (own === undefined) return;
      // What fails here is told by the terminal's own end.
      const send = (): Promise<unknown> =>
        session === own ? client.call('terminal.write', { id: own.id, data }) : Promise.resolve();
      typing = typing.then(send, send).catch(() => undefined);
    },
    resize: size => {
      if (session !== undefined) client.call('terminal.resize', { id: session.id, ...size }).catch(() => undefined);
    },
    close: () => {
      end();
      store.setState({ kind: 'closed' }, true);
    },
  };
}
