import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Clock } from '../../shared/base/clock.ts';
import type { Contract } from '../../shared/contract/contract.ts';
import { type Fault, faultOf } from '../../shared/contract/fault.ts';
import type { Client } from '../../shared/contract/operation.ts';
import type { LogPiece } from '../../shared/domain/log-piece.ts';
import type { UnmaskedSecret } from '../../shared/domain/secret-masking.ts';
import { gathering } from './gathering.ts';

/** A line of a program's output. `number` counts from 1 and never repeats within one reading. */
export interface LogLine {
  readonly number: number;
  readonly stream: LogPiece['stream'];
  readonly text: string;
  readonly at: string | undefined;
}

/** What one container wrote; `following` until it ends, is closed or breaks off. */
export interface Logs {
  readonly name: string | undefined;
  readonly lines: readonly LogLine[];
  readonly following: boolean;
  readonly fault: Fault | undefined;
  /** Secrets of the container that its program may print as they are; undefined: not known yet. */
  readonly unmasked: readonly UnmaskedSecret[] | undefined;
}

export interface LogsStore {
  readonly store: StoreApi<Logs>;
  /** Reads one container's output and follows it; what was read before is let go. */
  open(name: string): void;
  /** Goes on with the container that is open, e.g. when the link came back. */
  freshen(): void;
  close(): void;
}

/** More than this is nobody's reading; the oldest go first. */
export const MOST_LINES = 10_000;
/** A line that is longer is shown as several: a program that never ends its line must not fill our memory. */
const LONGEST_LINE = 65_536;

/** The lines with more pieces. A piece goes on where one without a line end stopped. */
export function appendPieces(lines: readonly LogLine[], pieces: readonly LogPiece[]): readonly LogLine[] {
  const joined = [...lines];
  for (const { stream, text, at } of pieces) {
    for (const part of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
      const last = joined.at(-1);
      const goesOn = last !== undefined && last.stream === stream && !last.text.endsWith('\n');
      if (goesOn && last.text.length < LONGEST_LINE) {
        joined[joined.length - 1] = { ...last, text: last.text + part };
      } else joined.push({ number: (last?.number ?? 0) + 1, stream, text: part, at });
    }
  }
  return joined.length > MOST_LINES ? joined.slice(-MOST_LINES) : joined;
}

const NONE: Logs = { name: undefined, lines: [], following: false, fault: undefined, unmasked: undefined };

export function createLogsStore(client: Client<Contract>, clock: Clock): LogsStore {
  const store = createStore<Logs>(() => NONE);
  let reading: AbortController | undefined;
  const said = gathering<LogPiece>(clock, pieces => {
    if (pieces.length > 0) store.setState({ lines: appendPieces(store.getState().lines, pieces) });
  });

  const open = (name: string): void => {
    reading?.abort();
    const own = new AbortController();
    reading = own;
    said.anew();
    store.setState({ ...NONE, name, following: true }, true);
    const change = (next: Partial<Logs>): void => {
      if (reading !== own) return;
      said.now();
      store.setState(next);
    };
    const ended = (how: Partial<Logs>): void => {
      change({ following: false, ...how });
      if (reading === own) said.anew();
    };
    client.call('secret.masking', { container: name }, { signal: own.signal }).then(
      ({ unmasked }) => change({ unmasked }),
      // Whoever cannot be asked tells no lines either: the log itself says why.
      () => undefined,
    );
    client
      .call(
        'filesystem.logs',
        { name, follow: true },
        {
          signal: own.signal,
          onProgress: piece => {
            if (reading !== own) return;
            said.hold([piece]);
            said.soon();
          },
        },
      )
      .then(
        () => ended({}),
        (caught: unknown) => ended({ fault: faultOf(caught) }),
      );
  };

  return {
    store,
    open,
    freshen: () => {
      const { name, following } = store.getState();
      if (name !== undefined && !following) open(name);
    },
    close: () => {
      reading?.abort();
      reading = undefined;
      said.anew();
      store.setState(NONE, true);
    },
  };
}
