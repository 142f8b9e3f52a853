import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Clock } from '../../shared/base/clock.ts';
import type { Contract } from '../../shared/contract/contract.ts';
import { type Fault, faultOf } from '../../shared/contract/fault.ts';
import type { Client } from '../../shared/contract/operation.ts';
import type { LogLine } from '../../shared/domain/log-line.ts';
import type { UnmaskedSecret } from '../../shared/domain/secret-masking.ts';
import { gathering } from './gathering.ts';

/** A line with a number that never repeats within one reading. */
export type HeldLine = LogLine & { readonly number: number };

/** All logs as far as they are held; `following` until they are let go, or break off. */
export interface AllLogs {
  readonly lines: readonly HeldLine[];
  readonly following: boolean;
  /** Older lines that were let go. */
  readonly dropped: number;
  /** What was there has been read: if there is nothing, nothing was said. */
  readonly isRead: boolean;
  readonly fault: Fault | undefined;
  /** Secrets that programs may print as they are; undefined: not known yet. */
  readonly unmasked: readonly UnmaskedSecret[] | undefined;
}

export interface AllLogsStore {
  readonly store: StoreApi<AllLogs>;
  /** Reads and follows; answers how to let go. */
  read(): () => void;
  /** Reads anew, while somebody reads. */
  freshen(): void;
}

/** More than this is nobody's reading; the oldest go first. */
export const MOST_HELD = 20_000;
const PAST_LINES = 2_000;

/** The lines with more of them, in the order of their time, as many as are held. */
export function withLines(held: AllLogs, more: readonly LogLine[], first: number): AllLogs {
  if (more.length === 0) return held;
  const fresh = more
    .map((line, index) => ({ ...line, number: first + index }))
    .sort((one, other) => timeOf(one) - timeOf(other));
  const [earliest] = fresh;
  const last = held.lines.at(-1);
  const fitsBehind = earliest === undefined || last === undefined || timeOf(last) <= timeOf(earliest);
  const lines = fitsBehind ? [...held.lines, ...fresh] : merged(held.lines, fresh);
  const over = Math.max(0, lines.length - MOST_HELD);
  return { ...held, lines: over === 0 ? lines : lines.slice(over), dropped: held.dropped + over };
}

const timeOf = ({ at }: LogLine): number => Date.parse(at);

/** Two lists in order, as one: what has the same time stays behind what was there. */
function merged(held: readonly HeldLine[], fresh: readonly HeldLine[]): readonly HeldLine[] {
  const [first] = fresh;
  const earliest = first === undefined ? Number.POSITIVE_INFINITY : timeOf(first);
  let cut = held.length;
  const isLater = (line: HeldLine | undefined): boolean => line !== undefined && timeOf(line) > earliest;
  while (isLater(held[cut - 1])) cut -= 1;
  const tail = [...held.slice(cut), ...fresh].sort((one, other) => timeOf(one) - timeOf(other));
  return [...held.slice(0, cut), ...tail];
}

const NONE: AllLogs = { lines: [], following: false, dropped: 0, isRead: false, fault: undefined, unmasked: undefined };

export function createAllLogsStore(client: Client<Contract>, clock: Clock): AllLogsStore {
  const store = createStore<AllLogs>(() => NONE);
  let reading: AbortController | undefined;
  let readers = 0;
  let next = 1;
  const pieces = gathering<LogLine>(clock, lines => {
    store.setState(withLines(store.getState(), lines, next), true);
    next += lines.length;
  });

  const begin = (): void => {
    reading?.abort();
    const own = new AbortController();
    reading = own;
    pieces.anew();
    store.setState({ ...NONE, following: true }, true);
    const change = (change: Partial<AllLogs>): void => {
      if (reading !== own) return;
      pieces.now();
      store.setState(change);
    };
    const ended = (how: Partial<AllLogs>): void => {
      change({ following: false, ...how });
      if (reading === own) pieces.anew();
    };
    client.call('secret.masking', {}, { signal: own.signal }).then(
      ({ unmasked }) => change({ unmasked }),
      // Whoever cannot be asked tells no lines either: the log itself says why.
      () => undefined,
    );
    client
      .call(
        'log.follow',
        { follow: true, tail: PAST_LINES },
        {
          signal: own.signal,
          onProgress: ({ lines }) => {
            if (reading !== own) return;
            pieces.hold(lines);
            if (!store.getState().isRead) change({ isRead: true });
            else pieces.soon();
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
    read: () => {
      readers += 1;
      if (readers === 1) begin();
      return () => {
        readers -= 1;
        if (readers > 0) return;
        reading?.abort();
        reading = undefined;
        pieces.anew();
        store.setState(NONE, true);
      };
    },
    freshen: () => {
      if (readers > 0) begin();
    },
  };
}
