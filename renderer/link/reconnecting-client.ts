import type { Clock } from '../../shared/base/clock.ts';
import { type Disposable, DisposableStore } from '../../shared/base/disposables.ts';
import { Emitter } from '../../shared/base/emitter.ts';
import type { Contract } from '../../shared/contract/contract.ts';
import { FaultError } from '../../shared/contract/fault.ts';
import type { Client, NewsName, PayloadOf } from '../../shared/contract/operation.ts';
import type { Channel } from '../../shared/wire/channel.ts';
import { type Link, LinkRefused, type RefusalReason } from './link.ts';

/**
 *   connecting ──▶ open ⇄ silent
 *       │  ▲         │
 *       ▼  │         ▼
 *   refused └────── lost      (`lost` tries again by itself; `refused` needs another address)
 *
 * `silent`: the channel stands, but the server has not answered for a while.
 */
export type LinkState =
  | { readonly kind: 'connecting'; readonly since: number }
  | { readonly kind: 'open'; readonly since: number }
  | { readonly kind: 'silent'; readonly since: number }
  | { readonly kind: 'lost'; readonly since: number; readonly attempt: number; readonly retryAt: number }
  | { readonly kind: 'refused'; readonly since: number; readonly reason: RefusalReason };

/** A client that outlives its channel: news listeners stay, calls made while the link is down are rejected. */
export interface ReconnectingClient extends Client<Contract> {
  readonly state: LinkState;
  onState(listener: (state: LinkState) => void): () => void;
  /** Tries now instead of when the pause is over. */
  retry(): void;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 4_000;
/** Together below the 2 s within which a silent server must be named. */
const PULSE_MS = 800;
const PATIENCE_MS = 1_000;

/** Makes a client of an open channel. */
export type Connecting = (channel: Channel, peer: string) => Client<Contract>;

/** Fetches the contract, all its schemas included. */
export const loadContract = async (): Promise<Connecting> => (await import('./contract-client.ts')).connectContract;

/** Connects at once and keeps connected until disposed. `load` fetches what the wire needs while the link opens. */
export function reconnectingClient(
  link: Link,
  clock: Clock,
  load: () => Promise<Connecting> = loadContract,
): ReconnectingClient {
  const listeners = new Map<NewsName<Contract>, Emitter<unknown>>();
  const states = new Emitter<LinkState>();
  const store = new DisposableStore();
  let state: LinkState = { kind: 'connecting', since: clock.now() };
  let client: Client<Contract> | undefined;
  let timer: Disposable | undefined;
  let attempt = 0;
  /** Counts openings: only the newest may become the client. */
  let newest = 0;

  const become = (next: LinkState): void => {
    state = next;
    states.emit(next);
  };
  const later = (ms: number, act: () => void): void => {
    timer?.dispose();
    timer = clock.after(ms, act);
  };

  const hear = (current: Client<Contract>, name: NewsName<Contract>): void => {
    current.on(name, payload => listeners.get(name)?.emit(payload));
  };

  const lose = (): void => {
    client = undefined;
    if (store.ended) return;
    const now = clock.now();
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);
    attempt += 1;
    become({ kind: 'lost', since: state.kind === 'lost' ? state.since : now, attempt, retryAt: now + pause });
    later(pause, open);
  };

  /** Asks something cheap again and again: a socket alone does not say that its server hangs. */
  const pulse = (current: Client<Contract>): void => {
    if (client !== current) return;
    later(PATIENCE_MS, () => {
      if (client === current && state.kind === 'open') become({ kind: 'silent', since: clock.now() });
    });
    const beat = (): void => {
      if (client !== current) return;
      if (state.kind === 'silent') become({ kind: 'open', since: clock.now() });
      later(PULSE_MS, () => pulse(current));
    };
    // A fault is an answer too; a lost channel is told by `onClosed`.
    current.call('journal.read', { after: Number.MAX_SAFE_INTEGER, limit: 1 }).then(beat, beat);
  };

  function open(): void {
    timer?.dispose();
    newest += 1;
    const mine = newest;
    const isStale = (): boolean => store.ended || mine !== newest;
    const opening = link.open();
    Promise.all([opening, load()]).then(
      ([channel, connecting]) => {
        if (isStale()) {
          channel.close();
          return;
        }
        const current = connecting(channel, link.peer);
        client = current;
        attempt = 0;
        for (const name of listeners.keys()) hear(current, name);
        current.onClosed(() => {
          if (client === current) lose();
        });
        become({ kind: 'open', since: clock.now() });
        pulse(current);
      },
      (caught: unknown) => {
        // It may be the contract that could not be had.
        opening.then(
          channel => channel.close(),
          () => undefined,
        );
        if (isStale()) return;
        if (caught instanceof LinkRefused) become({ kind: 'refused', since: clock.now(), reason: caught.reason });
        else lose();
      },
    );
  }

  store.defer(() => {
    timer?.dispose();
    client?.dispose();
    client = undefined;
    states.clear();
    listeners.clear();
  });
  open();

  return {
    get state() {
      return state;
    },
    onState: listener => states.on(listener),
    retry: () => {
      if (state.kind !== 'lost' && state.kind !== 'refused') return;
      attempt = 0;
      open();
    },
    call: (name, input, options) =>
      client === undefined
        ? Promise.reject(
            new FaultError({ code: 'host-unreachable', host: link.peer, reason: 'the connection was closed' }),
          )
        : client.call(name, input, options),
    on<N extends NewsName<Contract>>(name: N, listener: (payload: PayloadOf<Contract, N>) => void): () => void {
      let emitter = listeners.get(name);
      if (emitter === undefined) {
        emitter = new Emitter<unknown>();
        listeners.set(name, emitter);
        if (client !== undefined) hear(client, name);
      }
      return emitter.on(payload => listener(payload as PayloadOf<Contract, N>));
    },
    // It heals by itself: it is never closed for good.
    onClosed: () => () => undefined,
    dispose: () => store.dispose(),
  };
}
