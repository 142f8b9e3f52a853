import { type Clock, systemClock } from '../../../../shared/base/clock.ts';
import type { Io, Output } from '../io.ts';

export interface CapturedIo extends Io {
  readonly out: () => string;
  readonly err: () => string;
  /** What a first Ctrl-C does. */
  readonly interrupt: () => void;
}

export interface CaptureOptions {
  /** A terminal of so many columns; absent: a pipe. */
  readonly columns?: number;
  readonly env?: Io['env'];
  readonly platform?: string;
  /** Absent: the system's. */
  readonly clock?: Clock;
  /** Told of each piece written to stdout. */
  readonly onOut?: (text: string) => void;
  /** The same for stderr. */
  readonly onErr?: (text: string) => void;
}

/** A process that writes into strings. */
export function captureIo({
  columns,
  env = {},
  platform = 'linux',
  clock = systemClock,
  onOut,
  onErr,
}: CaptureOptions = {}): CapturedIo {
  const cancel = new AbortController();
  const stream = (written: string[], told?: (text: string) => void): Output => ({
    write: text => {
      written.push(text);
      told?.(text);
    },
    isTTY: columns !== undefined,
    ...(columns === undefined ? {} : { columns, rows: 50 }),
  });
  const out: string[] = [];
  const err: string[] = [];
  return {
    stdout: stream(out, onOut),
    stderr: stream(err, onErr),
    env,
    platform,
    signal: cancel.signal,
    clock,
    out: () => out.join(''),
    err: () => err.join(''),
    interrupt: () => cancel.abort(),
  };
}
